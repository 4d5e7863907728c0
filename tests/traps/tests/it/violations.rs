//! What a caller is told about a wrong body: every place, in words to act on, with what was received unless it is secret.
//! `violations.txt` shows it; `COUNTERPART_UPDATE=1` writes it anew.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;
use test_wire::send;

/// One body a line.
const BODIES: &str = include_str!("../violations/bodies.jsonl");

#[tokio::test]
async fn violations_are_told_in_words_to_act_on() {
    let server = test_traps::violations().await;
    let mut told = String::new();
    for body in BODIES.lines() {
        let reply = send(server, "POST /rich", &["Content-Type: application/json"], body.as_bytes()).await;
        writeln!(told, "{body}\n  {}", reply.status()).unwrap();
        let problem = if reply.body.is_empty() { Value::Null } else { reply.json() };
        if reply.status() == 400 {
            writeln!(told, "  {}: {}", problem["code"], problem["detail"]).unwrap();
        }
        for detail in problem["details"].as_array().into_iter().flatten() {
            let text = |name: &str| detail[name].as_str().unwrap_or_default();
            let received = detail.get("received").map(|value| format!(" <- {value}")).unwrap_or_default();
            writeln!(told, "  {:?} {}: {}{received}", text("field"), text("keyword"), text("message"))
                .unwrap();
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/violations/told.txt");
    if env::var_os("COUNTERPART_UPDATE").is_some() {
        fs::write(&path, &told).unwrap();
    }
    assert_eq!(told, fs::read_to_string(path).unwrap());
}
