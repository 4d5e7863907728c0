//! Hostile bodies. Each gets its answer by generated code and through a running server. Nothing is timed: the work is
//! counted in the runtime's own tests, and what takes for ever here would be noticed.

use std::ops::RangeInclusive;

use counterpart_runtime::{Rejection, decode};
use test_bounds::probe::types::Probe;

/// What becomes of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Accepted,
    /// It is not JSON, or not JSON that everyone reads the same.
    Malformed,
    /// It violates this keyword, among others.
    Invalid(&'static str),
}
use Fate::{Accepted, Invalid, Malformed};

type Case = (&'static str, Vec<u8>, Fate);

/// A probe with one member.
fn probe(member: &str, value: &str) -> Vec<u8> {
    format!("{{\"{member}\":{value}}}").into_bytes()
}

fn nested(open: &str, inside: &str, close: &str, levels: usize) -> String {
    format!("{}{inside}{}", open.repeat(levels), close.repeat(levels))
}

fn text(character: &str, count: usize, end: &str) -> String {
    format!("\"{}{end}\"", character.repeat(count))
}

fn list(numbers: RangeInclusive<usize>, item: impl Fn(usize) -> String) -> String {
    format!("[{}]", numbers.map(item).collect::<Vec<_>>().join(","))
}

fn members(numbers: RangeInclusive<usize>, member: impl Fn(usize) -> String) -> String {
    format!("{{{}}}", numbers.map(member).collect::<Vec<_>>().join(","))
}

fn depths() -> Vec<Case> {
    let tree = |levels| nested("[", "", "]", levels);
    let expression = |inside: &str| nested(r#"{"op":"b","arg":"#, inside, "}", 100);
    let both = nested(r#"{"l":{"n":1},"r":"#, r#"{"n":"neither"}"#, "}", 100);
    vec![
        ("as deep as it may be", probe("tree", &tree(127)), Accepted),
        ("one level too deep", probe("tree", &tree(128)), Malformed),
        ("10,000 levels", probe("tree", &tree(10_000)), Malformed),
        ("10,000 levels of anything", probe("any", &nested(r#"{"a":["#, "1", "]}", 5_000)), Malformed),
        ("10,000 levels, not closed", probe("any", &"[".repeat(10_000)), Malformed),
        ("10,000 levels where nothing is declared", probe("unknown", &tree(10_000)), Malformed),
        ("a recursion in two branches", probe("expression", &expression(r#"{"op":"a"}"#)), Accepted),
        ("wrong at its end", probe("expression", &expression(r#"{"op":1}"#)), Invalid("oneOf")),
        ("a recursion that nothing decides", probe("choice", &both), Invalid("anyOf")),
    ]
}

fn sizes() -> Vec<Case> {
    let duplicates = |name: &str| members(1..=1_000_000, |_| format!("\"{name}\":1"));
    let unique = |count| members(1..=count, |n| format!("\"{n}\":\"\""));
    let top = members(1..=1_000_000, |_| "\"text\":\"\"".to_owned());
    let records = |last: usize| list(1..=100_000, move |n| format!("{{\"a\":{},\"b\":1}}", n.min(last)));
    vec![
        ("1,000,000 times one member", probe("open", &duplicates("a")), Malformed),
        ("… that is not declared", probe("open", &duplicates("b")), Malformed),
        ("… in a closed object", probe("closed", &duplicates("a")), Malformed),
        ("… in a map", probe("counts", &duplicates("a")), Malformed),
        ("… in anything", probe("any", &duplicates("a")), Malformed),
        ("… of the body itself", top.into_bytes(), Malformed),
        ("1,000,000 members", probe("open", &unique(1_000_000)), Accepted),
        ("100,000 in a closed object", probe("closed", &unique(100_000)), Invalid("additionalProperties")),
        ("… in a map, all wrong", probe("counts", &unique(100_000)), Invalid("type")),
        ("… with wrong names", probe("names", &unique(100_000)), Invalid("propertyNames")),
        ("100,000 different items", probe("set", &list(1..=100_000, |n| n.to_string())), Accepted),
        (
            "100,000 equal items",
            probe("set", &list(1..=100_000, |_| "1.0".to_owned())),
            Invalid("uniqueItems"),
        ),
        ("100,000 different records", probe("records", &records(100_000)), Accepted),
        ("the last two of them equal", probe("records", &records(99_999)), Invalid("uniqueItems")),
        ("a very long text", probe("text", &text("é", 1_000_000, "")), Invalid("maxLength")),
        (
            "a very long name, of many wrong items",
            probe(
                "lists",
                &format!("{{{}:{}}}", text("n", 1_000_000, ""), list(1..=100, |_| "\"x\"".to_owned())),
            ),
            Invalid("type"),
        ),
        ("a very long secret", probe("secret", &text("s", 1_000_000, "")), Invalid("maxLength")),
    ]
}

fn patterns() -> Vec<Case> {
    let bomb = |count| text("a", count, "b");
    vec![
        ("a pattern that repeats repetitions", probe("repeated", &bomb(100_000)), Invalid("pattern")),
        ("with look-ahead, short", probe("ahead", &bomb(40)), Invalid("limit")),
        ("with look-ahead, long", probe("ahead", &bomb(100_000)), Invalid("limit")),
        ("a match", probe("ahead", &text("a", 1000, "")), Accepted),
        ("not to be excluded because it takes too long", probe("never", &bomb(40)), Invalid("limit")),
        ("many of them", probe("many", &list(1..=500, |_| bomb(40))), Invalid("limit")),
        ("with a back reference", probe("back", &text("a", 60, "c")), Invalid("limit")),
    ]
}

fn numbers() -> Vec<Case> {
    let digits = "7".repeat(1_000_000);
    let exponent = format!("1e{}", "9".repeat(100_000));
    vec![
        ("a huge multiple", probe("cents", "1e1000000000"), Accepted),
        ("a huge number that is none", probe("odd", "1e1000000000"), Invalid("multipleOf")),
        ("a tiny number that is none", probe("cents", "1e-1000000000"), Invalid("multipleOf")),
        ("a huge integer", probe("whole", "1e1000000000"), Accepted),
        ("no integer", probe("whole", "1e-1000000000"), Invalid("type")),
        ("a huge integer of 32 bits", probe("small", "1e1000000000"), Invalid("format")),
        ("a huge float", probe("float", "-1e1000000000"), Invalid("format")),
        ("a million digits", probe("whole", &digits), Accepted),
        ("… divided", probe("odd", &digits), Accepted),
        ("… as a float", probe("float", &digits), Invalid("format")),
        ("… after the point", probe("cents", &format!("0.{digits}")), Invalid("multipleOf")),
        ("a huge exponent", probe("whole", &exponent), Accepted),
        ("… of a small integer", probe("small", &exponent), Invalid("format")),
        ("… as a float", probe("float", &exponent), Invalid("format")),
        ("huge numbers to compare", probe("set", &format!("[{exponent},{digits},1e1000000000]")), Accepted),
    ]
}

fn encodings() -> Vec<Case> {
    vec![
        ("a byte order mark", [b"\xEF\xBB\xBF".as_slice(), &probe("any", "1")].concat(), Malformed),
        ("UTF-16", "{}".encode_utf16().flat_map(u16::to_le_bytes).collect(), Malformed),
        ("no UTF-8 in a text", b"{\"text\":\"\xFF\"}".to_vec(), Malformed),
        ("no UTF-8 in a name", b"{\"\xC3\":1}".to_vec(), Malformed),
        ("an overlong form", b"{\"text\":\"\xC0\xAF\"}".to_vec(), Malformed),
        ("a surrogate in UTF-8", b"{\"text\":\"\xED\xA0\x80\"}".to_vec(), Malformed),
        ("a lone surrogate", probe("text", r#""\ud800""#), Malformed),
        ("a lone surrogate of anything", probe("any", r#""\udc00""#), Malformed),
        ("a lone surrogate where nothing is declared", probe("unknown", r#""\ud800\u0041""#), Malformed),
        ("a pair of them", probe("text", r#""\ud83d\udca9""#), Accepted),
        ("a NUL", probe("text", r#""\u0000""#), Accepted),
        ("a raw control character", b"{\"text\":\"\x01\"}".to_vec(), Malformed),
        ("nothing", Vec::new(), Malformed),
        ("two values", b"{} {}".to_vec(), Malformed),
        ("a value and a NUL", b"{}\0".to_vec(), Malformed),
    ]
}

/// By generated code.
fn decoded(name: &str, body: &[u8]) -> Vec<String> {
    match decode::<Probe>(body) {
        Ok(_) => Vec::new(),
        Err(Rejection::Malformed(_)) => vec!["malformed".to_owned()],
        Err(Rejection::Invalid(violations)) => {
            assert!((1..=100).contains(&violations.len()), "{name}: {} violations", violations.len());
            let shown = violations.iter().filter_map(|found| found.received.as_ref()?.as_str());
            assert!(shown.into_iter().all(|text| text.chars().count() <= 101), "{name} shows all of a text");
            violations.iter().map(|found| found.keyword.to_string()).collect()
        }
    }
}

fn holds(fate: Fate, found: &[String]) -> bool {
    match fate {
        Accepted => found.is_empty(),
        Malformed => found == ["malformed"],
        Invalid(keyword) => found.iter().any(|found| found == keyword),
    }
}

/// Through a server.
async fn answered(server: std::net::SocketAddr, body: &[u8]) -> Vec<String> {
    let reply = test_wire::send(server, "POST /probe", &["Content-Type: application/json"], body).await;
    assert!(reply.body.len() < 50_000, "the answer has {} bytes", reply.body.len());
    match reply.status() {
        204 => Vec::new(),
        400 => vec!["malformed".to_owned()],
        422 => {
            let problem = reply.json();
            let details = problem["details"].as_array().map(Vec::as_slice).unwrap_or_default();
            details.iter().filter_map(|detail| detail.get("keyword")?.as_str()).map(str::to_owned).collect()
        }
        status => vec![format!("status {status}: {}", reply.text())],
    }
}

async fn hold(cases: Vec<Case>) {
    let server = test_bounds::start().await;
    for (name, body, fate) in cases {
        let found = decoded(name, &body);
        assert!(holds(fate, &found), "{name}: {fate:?}, but {:?}", found.first());
        let found = answered(server, &body).await;
        assert!(holds(fate, &found), "{name}, through a server: {fate:?}, but {:?}", found.first());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn depth() {
    hold(depths()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn size() {
    hold(sizes()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pattern() {
    hold(patterns()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn number() {
    hold(numbers()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn encoding() {
    hold(encodings()).await;
}
