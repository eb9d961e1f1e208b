//! The program serving an index, and a small HTTP client that can also misbehave.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;
use wirecopy::synth::{Corpus, Kind};

/// Longest silence of a server that was not optimized, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(300);

/// A folder that goes when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("wirecopy-serve-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Articles of made-up news as they are sent, a list for each story.
pub(crate) fn stories(number: u32, seed: u64) -> Vec<Vec<Value>> {
    let corpus = Corpus::new(Kind::News, seed);
    let article =
        |l: wirecopy::synth::Labelled| serde_json::json!({ "id": l.id, "title": l.title, "publisher": l.publisher, "text": l.text });
    (0..number).map(|story| corpus.cluster(story).into_iter().map(article).collect()).collect()
}

pub(crate) fn id(article: &Value) -> &str {
    article["id"].as_str().unwrap()
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The head in small letters.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    pub(crate) fn lines(&self) -> Vec<Value> {
        self.body.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// The program at work.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
}

impl Served {
    pub(crate) fn start(index: &Path, more: &[&str]) -> Self {
        Self::started_by(Command::new(env!("CARGO_BIN_EXE_wirecopy")), index, more)
    }

    /// The same, started by a command that takes the arguments of the program.
    pub(crate) fn started_by(mut command: Command, index: &Path, more: &[&str]) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "off", "--index"])
            .arg(index)
            .args(more)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("wirecopy: serving on http://").unwrap_or_else(|| panic!("{line}")).trim_end_matches('/').to_owned();
        // Nobody may wait for the reader of its log.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        Self { child, address }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        send(&self.address, "GET", path, &[], b"").unwrap()
    }

    pub(crate) fn post(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        send(&self.address, "POST", path, &[("Content-Type", content_type)], body).unwrap()
    }

    pub(crate) fn add(&self, article: &Value) -> Answer {
        self.post("/v1/articles", "application/json", article.to_string().as_bytes())
    }

    /// A status code for bytes as they are.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Option<u16> {
        let mut stream = connected(&self.address);
        stream.write_all(bytes).ok()?;
        Some(read(&mut stream).ok()?.status)
    }

    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap().success());
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

pub(crate) fn connected(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Asks once. A server that answers before it has read all is heard.
pub(crate) fn send(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "Host") {
        head.push_str(&format!("Host: {address}\r\n"));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(b"\r\n")).ok();
    stream.write_all(body).ok();
    read(&mut stream)
}

/// An answer whose sender closes the connection afterwards.
pub(crate) fn read(stream: &mut TcpStream) -> std::io::Result<Answer> {
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes);
    // A connection that is cut after the answer is fine; half an answer is none.
    if ended.as_ref().is_err_and(|e| matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)) {
        return Err(std::io::ErrorKind::TimedOut.into());
    }
    let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else {
        return Err(ended.err().unwrap_or_else(|| std::io::ErrorKind::UnexpectedEof.into()));
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let body = if head.contains("transfer-encoding: chunked") { unchunked(&bytes[end + 4..]) } else { bytes[end + 4..].to_vec() };
    Ok(Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() })
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(at) = rest.windows(2).position(|w| w == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap(), 16).unwrap();
        if length == 0 || at + 2 + length > rest.len() {
            break;
        }
        out.extend_from_slice(&rest[at + 2..at + 2 + length]);
        rest = &rest[(at + 4 + length).min(rest.len())..];
    }
    out
}
