//! A small HTTP server on loopback for the tests of `watch`: it answers by a function of the path and the head of the request.
#![allow(dead_code, reason = "each test uses what it needs of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// For `.ci/full`: pauses of less than `longest` after which runs are killed, three for each round; `KILLS` in all, 25 where it is not given.
pub(crate) fn random_pauses(longest: Duration) -> impl Iterator<Item = [Duration; 3]> {
    let kills: usize = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(25);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Duration::from_micros(state % longest.as_micros() as u64)
    };
    (0..kills.div_ceil(3)).map(move |_| std::array::from_fn(|_| random()))
}

/// What is sent back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Pause in the middle of the body.
    pub(crate) stall: Option<Duration>,
    /// The connection ends in the middle of the body.
    pub(crate) torn: bool,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type".into(), content_type.into())], body: body.into(), ..Self::default() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// A request: its path, its head in small letters, and its body.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

type Answer = dyn Fn(&Request) -> Reply + Send + Sync;

/// Runs until the test ends.
pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of loopback");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer): (_, Arc<Answer>) = (Arc::clone(&requests), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                std::thread::spawn(move || serve(&stream, &seen, &*answer));
            }
        });
        Self { address, requests }
    }

    /// Requests for paths that begin like this.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.requests.lock().expect("requests").iter().filter(|r| r.path.starts_with(path)).count()
    }
}

fn serve(stream: &TcpStream, seen: &Mutex<Vec<Request>>, answer: &Answer) {
    let mut lines = BufReader::new(stream);
    let mut first = String::new();
    if lines.read_line(&mut first).is_err() {
        return;
    }
    let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
    let mut head = String::new();
    loop {
        let mut line = String::new();
        match lines.read_line(&mut line) {
            Ok(n) if n > 2 => head.push_str(&line.to_ascii_lowercase()),
            _ => break,
        }
    }
    let length = head.lines().find_map(|l| l.strip_prefix("content-length:")).and_then(|n| n.trim().parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    if lines.read_exact(&mut body).is_err() {
        return;
    }
    let request = Request { path, head, body: String::from_utf8_lossy(&body).into_owned() };
    seen.lock().expect("requests").push(request.clone());
    let reply = answer(&request);
    let mut text = format!("HTTP/1.1 {} X\r\nConnection: close\r\nContent-Length: {}\r\n", reply.status, reply.body.len());
    for (name, value) in &reply.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut out = stream;
    let half = reply.body.len() / 2;
    let sent = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\r\n")).and_then(|()| out.write_all(&reply.body[..half]));
    if sent.is_err() || reply.torn {
        return;
    }
    if let Some(pause) = reply.stall {
        std::thread::sleep(pause);
    }
    let _ = out.write_all(&reply.body[half..]);
}
