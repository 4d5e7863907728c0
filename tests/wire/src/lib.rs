//! HTTP/1.1 by hand. An ordinary client tidies up what it is given (dot segments, brackets, header case); here the
//! bytes that a test writes are the bytes that are sent, and what comes back is shown as it came.

mod message;
mod record;

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub use message::Message;
pub use record::{Recorder, record, record_all};

/// A test that waits longer for one answer waits for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sends `GET /a?b=c` or the like, without headers or body.
pub async fn get(server: SocketAddr, request: &str) -> Message {
    send(server, request, &[], b"").await
}

/// Sends a request: method and target, header lines, body.
pub async fn send(server: SocketAddr, request: &str, headers: &[&str], body: &[u8]) -> Message {
    let mut bytes = format!("{request} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n").into_bytes();
    for header in headers {
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    if !body.is_empty()
        || headers.iter().any(|header| header.to_ascii_lowercase().starts_with("content-type"))
    {
        bytes.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    Message::parse(&raw(server, &bytes).await)
}

/// Sends these bytes and reads until the server closes the connection.
pub async fn raw(server: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let exchange = async {
        let mut stream = TcpStream::connect(server).await.expect("the server listens");
        stream.write_all(bytes).await.expect("the server reads");
        let mut answer = Vec::new();
        // A server that refuses a body may reset the connection once it has answered: the answer counts.
        let _ = stream.read_to_end(&mut answer).await;
        answer
    };
    tokio::time::timeout(PATIENCE, exchange).await.expect("the server answers in time")
}
