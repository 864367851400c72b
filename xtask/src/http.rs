//! As much of HTTP/1.1 as a browser needs from a server of files.

use std::io::{self, Read, Write};

/// A longer head is nobody's honest request.
const LONGEST_HEAD: usize = 16 * 1024;

/// A request without a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    headers: Vec<(String, String)>,
}

/// Why no request was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The other side closed or fell silent.
    Gone,
    Malformed,
    TooLong,
}

impl Request {
    /// Reads one request; `buffer` keeps what came after it.
    pub fn read(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<Self, Refusal> {
        loop {
            if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                let request = Self::parse(&buffer[..end]).ok_or(Refusal::Malformed);
                buffer.drain(..end + 4);
                return request;
            }
            if buffer.len() > LONGEST_HEAD {
                return Err(Refusal::TooLong);
            }
            let mut chunk = [0; 4096];
            match stream.read(&mut chunk) {
                Ok(0) => return Err(Refusal::Gone),
                Ok(length) => buffer.extend_from_slice(&chunk[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Refusal::Gone),
            }
        }
    }

    fn parse(head: &[u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !version.starts_with("HTTP/1.") {
            return None;
        }
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        });
        let headers = headers.collect::<Option<Vec<_>>>()?;
        Some(Self { method: method.to_owned(), target: target.to_owned(), headers })
    }

    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub fn wants_close(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }

    /// Whether a body follows, which no request for a file has.
    pub fn has_body(&self) -> bool {
        self.header("content-length").is_some_and(|length| length != "0")
            || self.header("transfer-encoding").is_some()
    }

    /// Whether the answer may be in this content coding; `q=0` refuses it.
    pub fn accepts(&self, coding: &str) -> bool {
        let accepted = self.header("accept-encoding").unwrap_or_default();
        accepted.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
            let refused = parts.any(|part| {
                let quality = part.strip_prefix("q=").and_then(|value| value.parse::<f32>().ok());
                quality == Some(0.0)
            });
            named && !refused
        })
    }

    /// Whether the other side has this version already.
    pub fn has_version(&self, etag: &str) -> bool {
        let known = self.header("if-none-match").unwrap_or_default();
        known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*")
    }

    /// The path below the served folder: percent-decoded, and refused where it climbs out of it.
    pub fn relative_path(&self) -> Option<String> {
        let path = self.target.split(['?', '#']).next()?.strip_prefix('/')?;
        let path = percent_decode(path)?;
        let refused = |part: &str| part == ".." || part == "." || part.contains(['\\', '\0', ':']);
        if path.starts_with('/') || path.split('/').any(refused) { None } else { Some(path) }
    }
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        if byte == b'%' {
            let digit = |at: usize| char::from(*tail.get(at)?).to_digit(16);
            bytes.push(u8::try_from(digit(0)? * 16 + digit(1)?).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// An answer with its whole body.
pub struct Response {
    pub status: &'static str,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn text(status: &'static str) -> Self {
        let headers = vec![("Content-Type".to_owned(), "text/plain; charset=utf-8".to_owned())];
        Self { status, headers, body: format!("{status}\n").into_bytes() }
    }

    /// Writes the answer; the body's length is told even where the body is not sent.
    pub fn write(&self, stream: &mut impl Write, with_body: bool, keep_alive: bool) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let connection = if keep_alive { "keep-alive" } else { "close" };
        head.push_str(&format!("Content-Length: {}\r\nConnection: {connection}\r\n\r\n", self.body.len()));
        let mut bytes = head.into_bytes();
        if with_body {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, Refusal> {
        Request::read(&mut text.as_bytes(), &mut Vec::new())
    }

    fn get(target: &str) -> Request {
        read(&format!("GET {target} HTTP/1.1\r\n\r\n")).expect("it is well formed")
    }

    #[test]
    fn two_requests_in_one_packet_are_read_one_after_the_other() {
        let mut stream = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /b HTTP/1.1\r\n\r\n".as_bytes();
        let mut buffer = Vec::new();
        let first = Request::read(&mut stream, &mut buffer).expect("the first");
        let second = Request::read(&mut stream, &mut buffer).expect("the second");
        assert_eq!((first.target.as_str(), first.header("host")), ("/a", Some("x")));
        assert_eq!((second.target.as_str(), second.method.as_str()), ("/b", "HEAD"));
        assert_eq!(Request::read(&mut stream, &mut buffer), Err(Refusal::Gone));
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(read("hello\r\n\r\n"), Err(Refusal::Malformed));
        assert_eq!(read("GET / HTTP/1.1\r\nno colon\r\n\r\n"), Err(Refusal::Malformed));
        assert_eq!(read(&"x".repeat(2 * LONGEST_HEAD)), Err(Refusal::TooLong));
        assert_eq!(read("GET / HT"), Err(Refusal::Gone));
    }

    #[test]
    fn a_path_stays_inside_the_served_folder() {
        for (target, path) in [
            ("/", Some("")),
            ("/styles/page.css?v=1", Some("styles/page.css")),
            ("/a%20b", Some("a b")),
            ("/../Cargo.toml", None),
            ("/styles/../../Cargo.toml", None),
            ("/%2e%2e/Cargo.toml", None),
            ("/..%2fCargo.toml", None),
            ("/%2fetc/passwd", None),
            ("/a%00", None),
            ("/a\\..\\b", None),
            ("/%zz", None),
            ("/%+1", None),
            ("//host", None),
            ("http://host/", None),
        ] {
            assert_eq!(get(target).relative_path().as_deref(), path, "{target}");
        }
    }

    #[test]
    fn codings_are_negotiated() {
        let asking = |value: &str| {
            read(&format!("GET / HTTP/1.1\r\nAccept-Encoding: {value}\r\n\r\n")).expect("well formed")
        };
        assert!(asking("gzip, deflate, br, zstd").accepts("br"));
        assert!(asking("br;q=0.5").accepts("br"));
        assert!(!asking("gzip, br;q=0").accepts("br"));
        assert!(!asking("gzip").accepts("br"));
        assert!(!get("/").accepts("br"));
    }

    #[test]
    fn a_head_answer_tells_the_length_without_the_body() {
        let mut sent = Vec::new();
        Response::text("404 Not Found").write(&mut sent, false, true).expect("a Vec takes all");
        let sent = String::from_utf8(sent).expect("it is text");
        assert!(sent.contains("Content-Length: 14\r\n") && sent.ends_with("\r\n\r\n"), "{sent}");
    }
}
