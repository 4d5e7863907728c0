//! A server that writes down what it is sent.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{Message, PATIENCE};

/// A server for one request.
#[derive(Debug)]
pub struct Recorder {
    /// Where it listens.
    pub address: SocketAddr,
    request: JoinHandle<Message>,
}

impl Recorder {
    /// The address as a base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The request, once it has come.
    pub async fn request(self) -> Message {
        let request = tokio::time::timeout(PATIENCE, self.request).await;
        request.expect("a request comes in time").expect("the recorder runs")
    }
}

/// Starts a server that takes one request and answers with these bytes, whatever the request was.
pub async fn record(answer: impl Into<Vec<u8>>) -> Recorder {
    record_all([answer]).await
}

/// Starts a server that takes a request, on a connection of its own, for each of these answers; the last is recorded.
pub async fn record_all(answers: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Recorder {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
    let request = tokio::spawn(async move {
        let mut last = Vec::new();
        for answer in answers {
            last = exchange(&listener, &answer).await;
        }
        Message::parse(&last)
    });
    Recorder { address, request }
}

/// Takes one request.
async fn exchange(listener: &TcpListener, answer: &[u8]) -> Vec<u8> {
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while !is_complete(&bytes) {
        match stream.read(&mut buffer).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&buffer[..count]),
            _ => break,
        }
    }
    stream.write_all(answer).await.expect("the client reads");
    bytes
}

/// Whether all that the head promises has arrived.
fn is_complete(bytes: &[u8]) -> bool {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = Message::parse(&bytes[..end + 4]);
    if head.header("transfer-encoding") == Some("chunked") {
        return bytes.ends_with(b"0\r\n\r\n");
    }
    let length = head.header("content-length").and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
    bytes.len() >= end + 4 + length
}
