//! Serves dist/ as a production host should: isolated, under a strict policy, precompressed; and the
//! bench to the browser that measures it.

use std::collections::VecDeque;
use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use crate::command::Outcome;
use crate::http::{Refusal, Request, Response};
use crate::project::Project;

/// A browser keeps connections open; an idle one must not keep its thread for ever.
const IDLE_LIMIT: Duration = Duration::from_secs(30);

/// Best first.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// Folders of files on a port of this machine.
pub struct Server {
    listeners: Vec<TcpListener>,
    site: Arc<Site>,
}

struct Site {
    /// What an address begins with, and the folder where the rest of it lies; the first that fits.
    folders: Vec<(&'static str, PathBuf)>,
    /// Sent with every answer.
    headers: Vec<(String, String)>,
}

impl Server {
    /// The page; listens on `localhost`, where port 0 takes a free one.
    pub fn bind(project: &Project, port: u16) -> Outcome<Self> {
        let folders = vec![("", project.path("dist"))];
        Self::bind_site(Site { folders, headers: headers_of(project)? }, port)
    }

    /// The bench and the engine, isolated like the page; its policy is for the page's own code.
    pub fn bind_bench(project: &Project) -> Outcome<Self> {
        let folders = vec![("pkg/", project.path("pkg")), ("", project.path("benches/browser"))];
        let headers = headers_of(project)?.into_iter().filter(|(name, _)| name.starts_with("Cross-Origin-"));
        Self::bind_site(Site { folders, headers: headers.collect() }, 0)
    }

    fn bind_site(site: Site, port: u16) -> Outcome<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|error| format!("cannot listen on port {port}: {error}; another: --port 8081"))?;
        let address = first.local_addr().map_err(|error| format!("no address: {error}"))?;
        // `localhost` may mean ::1 first; a machine without IPv6 has none.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, address.port())).ok();
        let listeners = [Some(first), second].into_iter().flatten().collect();
        Ok(Self { listeners, site: Arc::new(site) })
    }

    pub fn port(&self) -> u16 {
        let address = self.listeners[0].local_addr();
        address.expect("a bound socket has an address").port()
    }

    /// Serves until the process ends.
    pub fn run(self) -> Outcome<()> {
        let mut threads: VecDeque<_> = self.start().into();
        while let Some(thread) = threads.pop_front() {
            thread.join().map_err(|_| "the server's thread panicked".to_owned())?;
        }
        Ok(())
    }

    /// Serves in threads of its own.
    pub fn start(self) -> Vec<thread::JoinHandle<()>> {
        let site = self.site;
        let listen = |listener: TcpListener| {
            let site = Arc::clone(&site);
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let site = Arc::clone(&site);
                    thread::spawn(move || site.converse(stream));
                }
            })
        };
        self.listeners.into_iter().map(listen).collect()
    }
}

impl Site {
    /// Answers request after request on one connection.
    fn converse(&self, mut stream: TcpStream) {
        // A socket that refuses these still works.
        let _ = stream.set_read_timeout(Some(IDLE_LIMIT));
        let _ = stream.set_nodelay(true);
        let mut buffer = Vec::new();
        loop {
            let (response, with_body, keep_alive) = match Request::read(&mut stream, &mut buffer) {
                Ok(request) => {
                    let keep_alive = !request.wants_close() && !request.has_body();
                    (self.answer(&request), request.method != "HEAD", keep_alive)
                }
                Err(Refusal::Gone) => return,
                Err(Refusal::Malformed) => (self.refuse("400 Bad Request"), true, false),
                Err(Refusal::TooLong) => (self.refuse("431 Request Header Fields Too Large"), true, false),
            };
            if response.write(&mut stream, with_body, keep_alive).is_err() || !keep_alive {
                return;
            }
        }
    }

    fn answer(&self, request: &Request) -> Response {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            let mut response = self.refuse("405 Method Not Allowed");
            response.headers.push(("Allow".to_owned(), "GET, HEAD".to_owned()));
            return response;
        }
        let Some(relative) = request.relative_path() else {
            return self.refuse("400 Bad Request");
        };
        let place = self.folders.iter().find_map(|(start, folder)| {
            let rest = relative.strip_prefix(start)?;
            Some(folder.join(rest))
        });
        let Some(mut file) = place else {
            return self.refuse("404 Not Found");
        };
        if file.is_dir() {
            file.push("index.html");
        }
        self.file(&file, request).unwrap_or_else(|| self.refuse("404 Not Found"))
    }

    fn file(&self, file: &Path, request: &Request) -> Option<Response> {
        let mut headers = self.headers.clone();
        let mut add = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
        add("Content-Type", content_type(file));
        // The names carry no version, so a browser asks each time and mostly hears "unchanged".
        add("Cache-Control", "no-cache");
        add("Vary", "Accept-Encoding");
        let mut sent = file.to_owned();
        for (coding, suffix) in CODINGS {
            let compressed = PathBuf::from(format!("{}.{suffix}", file.display()));
            if request.accepts(coding) && compressed.is_file() {
                add("Content-Encoding", coding);
                sent = compressed;
                break;
            }
        }
        let etag = etag(&sent)?;
        add("ETag", &etag);
        if request.has_version(&etag) {
            return Some(Response { status: "304 Not Modified", headers, body: Vec::new() });
        }
        Some(Response { status: "200 OK", headers, body: fs::read(sent).ok()? })
    }

    fn refuse(&self, status: &'static str) -> Response {
        let mut response = Response::text(status);
        response.headers.extend(self.headers.iter().cloned());
        response
    }
}

/// Size and time of change: enough for files that only builds write.
fn etag(file: &Path) -> Option<String> {
    let metadata = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let coding = file.extension().unwrap_or_default().to_string_lossy().into_owned();
    Some(format!("\"{:x}-{:x}-{coding}\"", metadata.len(), changed.as_nanos()))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "ftl" | "md") => "text/plain; charset=utf-8",
        // Packed data: the page unpacks it itself, so it is not a content coding.
        Some("gz") => "application/gzip",
        _ => "application/octet-stream",
    }
}

fn headers_of(project: &Project) -> Outcome<Vec<(String, String)>> {
    let trunk = fs::read_to_string(project.path("Trunk.toml"));
    headers_of_trunk(&trunk.map_err(|error| format!("cannot read Trunk.toml: {error}"))?)
}

/// The table `[serve.headers]` of Trunk.toml, so that both servers send the same.
fn headers_of_trunk(text: &str) -> Outcome<Vec<(String, String)>> {
    let table = text.lines().map(str::trim).skip_while(|line| *line != "[serve.headers]").skip(1);
    let lines = table.take_while(|line| !line.starts_with('['));
    let pairs = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let (name, value) = line.split_once(" = ")?;
        let value = value.strip_prefix('"')?.strip_suffix('"')?;
        Some((name.to_owned(), value.to_owned()))
    });
    let pairs = pairs.collect::<Option<Vec<_>>>();
    pairs
        .filter(|pairs| !pairs.is_empty())
        .ok_or_else(|| "Trunk.toml: [serve.headers] must hold lines `Name = \"value\"`".to_owned())
}

#[cfg(test)]
mod tests;
