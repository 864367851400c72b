//! The server on a free port, spoken to over a socket.

use std::io::{Read, Write};

use super::*;

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cajal-server-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("dist/pkg")).expect("the temporary folder can be written");
        Self(folder)
    }

    fn write(&self, path: &str, contents: &[u8]) {
        fs::write(self.0.join(path), contents).expect("the temporary folder can be written");
    }

    fn serve(&self) -> u16 {
        self.write("Trunk.toml", b"[serve.headers]\nX-Test = \"yes; 'self'\"\n\n[[hooks]]\nstage = \"x\"\n");
        let project = Project { root: self.0.clone() };
        let server = Server::bind(&project, 0).expect("a port is free");
        let port = server.port();
        server.start();
        port
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn ask(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("the server listens");
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server closes when asked to");
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(port: u16, path: &str, headers: &str) -> String {
    ask(port, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
}

#[test]
fn files_come_with_type_headers_and_the_best_coding() {
    let folder = Folder::new("files");
    folder.write("dist/index.html", b"<p>page");
    folder.write("dist/pkg/cajal_bg.wasm", b"plain");
    folder.write("dist/pkg/cajal_bg.wasm.br", b"small");
    let port = folder.serve();

    let page = get(port, "/", "");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("<p>page"), "{page}");
    assert!(page.contains("X-Test: yes; 'self'\r\n"), "{page}");

    let packed = get(port, "/pkg/cajal_bg.wasm", "Accept-Encoding: gzip, br\r\n");
    assert!(packed.contains("Content-Type: application/wasm\r\n"), "{packed}");
    assert!(packed.contains("Content-Encoding: br\r\n") && packed.ends_with("small"), "{packed}");

    let plain = get(port, "/pkg/cajal_bg.wasm", "Accept-Encoding: gzip\r\n");
    assert!(!plain.contains("Content-Encoding") && plain.ends_with("plain"), "{plain}");
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let folder = Folder::new("etag");
    folder.write("dist/a.js", b"1");
    let port = folder.serve();
    let first = get(port, "/a.js", "");
    let etag = first.split("ETag: ").nth(1).and_then(|rest| rest.split("\r\n").next()).expect("an ETag");
    let again = get(port, "/a.js", &format!("If-None-Match: {etag}\r\n"));
    assert!(again.starts_with("HTTP/1.1 304 ") && again.ends_with("\r\n\r\n"), "{again}");
}

#[test]
fn what_is_not_a_file_of_the_page_is_refused_with_the_same_headers() {
    let folder = Folder::new("refused");
    let port = folder.serve();
    for (request, status) in [
        ("GET /none HTTP/1.1", "404"),
        ("GET /../Trunk.toml HTTP/1.1", "400"),
        ("GET /%2e%2e/Trunk.toml HTTP/1.1", "400"),
        ("POST / HTTP/1.1", "405"),
        ("nonsense", "400"),
    ] {
        let answer = ask(port, &format!("{request}\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {answer}");
        assert!(answer.contains("X-Test: yes"), "{request}: {answer}");
    }
}

#[test]
fn a_connection_serves_several_requests() {
    let folder = Folder::new("keep");
    folder.write("dist/a.js", b"first");
    folder.write("dist/b.js", b"second");
    let port = folder.serve();
    let answers = ask(
        port,
        "GET /a.js HTTP/1.1\r\n\r\nHEAD /b.js HTTP/1.1\r\n\r\nGET /b.js HTTP/1.1\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(answers.matches("200 OK").count(), 3, "{answers}");
    assert_eq!(answers.matches("second").count(), 1, "HEAD sends no body: {answers}");
}

#[test]
fn the_headers_of_this_checkout_isolate_the_page() {
    let text = fs::read_to_string(Project::find().path("Trunk.toml")).expect("Trunk.toml is there");
    let headers = headers_of_trunk(&text).expect("the table is there");
    let value = |name: &str| headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    assert_eq!(value("Cross-Origin-Opener-Policy"), Some("same-origin"));
    assert_eq!(value("Cross-Origin-Embedder-Policy"), Some("require-corp"));
    let policy = value("Content-Security-Policy").expect("a policy is set");
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe-inline"), "{policy}");
}

#[test]
fn the_bench_sees_the_engine_beside_its_own_files() {
    let folder = Folder::new("bench");
    fs::create_dir_all(folder.0.join("benches/browser")).expect("the temporary folder can be written");
    fs::create_dir_all(folder.0.join("pkg")).expect("the temporary folder can be written");
    folder.write("benches/browser/works.js", b"works");
    folder.write("pkg/cajal.js", b"engine");
    folder.write("Trunk.toml", b"[serve.headers]\nCross-Origin-A = \"yes\"\nX-Policy = \"strict\"\n");
    let server = Server::bind_bench(&Project { root: folder.0.clone() }).expect("a port is free");
    let port = server.port();
    server.start();
    let get = |path: &str| ask(port, &format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n"));
    let works = get("/works.js");
    assert!(works.ends_with("\r\n\r\nworks"), "{works}");
    assert!(works.contains("Cross-Origin-A: yes\r\n") && !works.contains("X-Policy"), "{works}");
    assert!(get("/pkg/cajal.js").ends_with("\r\n\r\nengine"));
    assert!(get("/Trunk.toml").starts_with("HTTP/1.1 404"));
}
