//! A server on a socket that keeps what it got and answers what it is told to, byte by byte.

mod credentials;
mod requests;
mod responses;
mod retries;

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// A table of operations, one a line, each found by its `id`.
fn contract(schemas: &'static str, operations: &str) -> &'static Contract {
    let named = |line: &str| format!("[\"{}\",{line}]\n", line.split('"').nth(3).unwrap());
    let operations: String = operations.trim().lines().map(named).collect();
    Box::leak(Box::new(Contract::new(schemas, operations.leak())))
}

struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// The answer of a server: pieces that are sent one after the other; after an empty one, or without any, the server
/// says nothing more.
type Answer = Vec<Vec<u8>>;

impl Server {
    /// A server that gives each answer once, each on its own connection.
    async fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = requests.clone();
        tokio::spawn(async move {
            let mut silent = Vec::new();
            for answer in answers {
                let (mut socket, _) = listener.accept().await.unwrap();
                let request = read(&mut socket).await;
                kept.lock().unwrap().push(request);
                for piece in &answer {
                    socket.set_nodelay(true).unwrap();
                    socket.write_all(piece).await.unwrap();
                    socket.flush().await.unwrap();
                    tokio::task::yield_now().await;
                }
                if answer.last().is_none_or(Vec::is_empty) {
                    silent.push(socket);
                }
            }
            std::future::pending::<()>().await;
        });
        Self { url, requests }
    }

    /// A server that answers once.
    async fn once(answer: impl AsRef<[u8]>) -> Self {
        Self::new(vec![vec![answer.as_ref().to_vec()]]).await
    }

    fn client(&self) -> Client {
        Client::new(&self.url).unwrap()
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    fn request(&self) -> String {
        self.requests().pop().unwrap()
    }

    /// The request's header lines of a name.
    fn header(&self, name: &str) -> Vec<String> {
        let request = self.request();
        let head = request.split("\r\n\r\n").next().unwrap();
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
            .collect()
    }

    fn body(&self) -> String {
        self.request().split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// The target of the request line.
    fn target(&self) -> String {
        self.request().split(' ').nth(1).unwrap().to_owned()
    }
}

async fn read(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let complete = match length {
                Some(length) => body.len() >= length.parse::<usize>().unwrap(),
                None => !head.contains("transfer-encoding: chunked") || body.ends_with("0\r\n\r\n"),
            };
            if complete {
                return String::from_utf8(bytes).unwrap();
            }
        }
        let mut buffer = [0; 4096];
        match socket.read(&mut buffer).await.unwrap() {
            0 => return String::from_utf8(bytes).unwrap(),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

/// An answer without a body.
const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";

/// An answer with a body; `~` stands between its header lines.
fn answer(status: &str, headers: &str, body: &str) -> String {
    let headers: String =
        headers.split('~').filter(|line| !line.is_empty()).map(|line| format!("{line}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}
