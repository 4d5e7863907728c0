//! The program itself: its flags, what it says when it starts, how it stops, what it remembers.

#![allow(clippy::expect_used, reason = "a test that cannot go on should say so")]

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use test_wire::{get, send};

const PATIENCE: Duration = Duration::from_secs(15);
const KEY: &str = "X-Api-Key: demo-customer-key";

/// The running program; killed with the test.
struct Program {
    child: Child,
    address: SocketAddr,
    welcome: String,
}

impl Program {
    fn start(database: &Path) -> Self {
        let mut child = command()
            .args(["--listen", "127.0.0.1:0", "--database"])
            .arg(database)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut welcome = String::new();
        for line in stdout.lines().map_while(Result::ok) {
            welcome.push_str(&line);
            welcome.push('\n');
            if line.starts_with("Ctrl-C") {
                break;
            }
        }
        let address = welcome.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
        let address = address.and_then(|address| address.parse().ok()).expect("an address in the welcome");
        Self { child, address, welcome }
    }

    /// Asks it to stop, as `kill` does, and waits.
    fn stop(&mut self) -> bool {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have stopped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_generated-example"))
}

fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program")
}

#[tokio::test]
#[cfg(unix)]
async fn orders_survive_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("orders.db");
    let mut program = Program::start(&database);
    // The document of the curl in the welcome.
    let document =
        program.welcome.split("-d '").nth(1).and_then(|rest| rest.split('\'').next()).expect("a document");
    let headers = [KEY, "Content-Type: application/json"];
    let reply = send(program.address, "POST /orders", &headers, document.as_bytes()).await;
    assert_eq!(reply.status(), 201, "{}", reply.text());
    let location = reply.header("location").expect("a location").to_owned();
    let placed = reply.json();
    assert!(program.stop(), "it stops when asked, and says that all is well");

    let program = Program::start(&database);
    let reply = send(program.address, &format!("GET {location}"), &[KEY], b"").await;
    assert_eq!((reply.status(), reply.json()), (200, placed));
    let reply = get(program.address, "GET /products/INK-0042").await;
    assert_eq!(reply.json()["stock"], 22, "the demo products are not put back");
}

#[tokio::test]
#[cfg(unix)]
async fn an_open_stream_does_not_keep_it_from_stopping() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = Program::start(&folder.path().join("orders.db"));
    let mut stream = std::net::TcpStream::connect(program.address).expect("a connection");
    let request = format!("GET /orders/events HTTP/1.1\r\nHost: test\r\n{KEY}\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).expect("a request");
    let mut start = [0; 15];
    stream.read_exact(&mut start).expect("an answer");
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    assert!(program.stop());
}

#[test]
fn it_says_what_it_takes_and_what_is_wrong() {
    let help = run(&["--help"]);
    let text = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(text.contains("--listen <ADDR>") && text.contains("--database <PATH>"), "{text}");
    assert!(text.contains("127.0.0.1:8080") && text.contains("orders.db"), "{text}");
    let failed = run(&["--database", "/nowhere/at/all/orders.db"]);
    let text = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert_eq!(failed.status.code(), Some(1));
    assert!(text.starts_with("error: cannot open /nowhere/at/all/orders.db"), "{text}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("orders.db");
    let failed = run(&["--listen", &address, "--database", &database.to_string_lossy()]);
    let text = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert!(text.contains(&format!("cannot listen on {address}")), "{text}");
}
