//! The least HTTP/1.1 that keeps a connection busy: what stands at the other end of what is measured.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// A client that sends the same request again and again.
pub struct Caller {
    stream: TcpStream,
    request: Vec<u8>,
    /// How long every response is: all that changes in it is of fixed length.
    length: usize,
    buffer: Vec<u8>,
}

impl Caller {
    /// Connects, and sends the request once.
    pub fn new(server: SocketAddr, request: Vec<u8>) -> Self {
        let mut stream = TcpStream::connect(server).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        stream.write_all(&request).expect("an open connection");
        let mut buffer = Vec::new();
        let length = message(&mut stream, &mut buffer).expect("a response");
        assert!(buffer.starts_with(b"HTTP/1.1 20"), "{}", String::from_utf8_lossy(&buffer));
        buffer.resize(length, 0);
        Self { stream, request, length, buffer }
    }

    /// Sends the request, and waits for the response.
    pub fn call(&mut self) {
        self.stream.write_all(&self.request).expect("an open connection");
        self.stream.read_exact(&mut self.buffer[..self.length]).expect("an open connection");
        assert!(self.buffer.starts_with(b"HTTP/1.1 20"));
    }
}

/// A server that gives one response to everything.
pub fn answer(response: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, response) = (stream.expect("a connection"), response.clone());
            stream.set_nodelay(true).expect("a socket");
            std::thread::spawn(move || {
                let mut buffer = Vec::new();
                while message(&mut stream, &mut buffer).is_some() {
                    buffer.clear();
                    stream.write_all(&response).expect("an open connection");
                }
            });
        }
    });
    address
}

/// Reads a message and tells its length; `None` where the connection was closed.
fn message(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<usize> {
    let mut piece = [0; 16 * 1024];
    loop {
        if let Some(length) = length(buffer)
            && buffer.len() >= length
        {
            return Some(length);
        }
        match stream.read(&mut piece) {
            Ok(count) if count > 0 => buffer.extend_from_slice(&piece[..count]),
            _ => return None,
        }
    }
}

/// The length of the message that begins here, once its head is complete.
fn length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let line = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    let body = line.map_or(0, |value| value.trim().parse().expect("a length"));
    Some(head + 4 + body)
}
