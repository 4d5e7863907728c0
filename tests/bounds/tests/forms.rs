//! Hostile bodies in YAML, in XML and with parts, through a running server. Nothing is timed, as with JSON; how much
//! memory an answer took is looked at where the system tells.

use std::fs;
use std::net::SocketAddr;

type Case = (&'static str, String, u16);

/// A body of a few bytes must not become this many.
const MEMORY: usize = 96 << 20;
/// … and of a large one a tree may be made.
const FACTOR: usize = 60;

/// A figure of this process in bytes, if the system tells.
fn figure(name: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// What is in memory now; from here on the system notes the most there is.
fn mark() -> Option<usize> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    figure("VmRSS:")
}

/// What is not as it should be.
async fn hold(server: SocketAddr, path: &str, content_type: &str, cases: Vec<Case>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, body, expected) in cases {
        let before = mark();
        let head = format!("Content-Type: {content_type}");
        let reply = test_wire::send(server, &format!("POST {path}"), &[&head], body.as_bytes()).await;
        if reply.status() != expected || reply.body.len() > 50_000 {
            let text: String = reply.text().chars().take(300).collect();
            wrong.push(format!("{name}: {} of {} bytes, {text}", reply.status(), reply.body.len()));
        }
        if let (Some(before), Some(after)) = (before, figure("VmHWM:"))
            && after > before + MEMORY + FACTOR * body.len()
        {
            wrong.push(format!(
                "{name}: {before} and then {after} bytes of memory for {} of a body",
                body.len()
            ));
        }
    }
    wrong
}

fn yaml() -> Vec<Case> {
    let levels = |levels: usize| format!("any: {}1{}", "[".repeat(levels), "]".repeat(levels));
    let indented = |levels: usize| -> String {
        (0..levels).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<String>()
    };
    let laughs = |levels: usize| {
        let lines =
            (1..levels).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(",")));
        format!("a0: &a0 [lol]\n{}", lines.collect::<String>())
    };
    let members = |count: usize| (0..count).map(|n| format!("  k{n}: 1\n")).collect::<String>();
    vec![
        ("as deep as it may be", levels(120), 204),
        ("10,000 levels", levels(10_000), 400),
        ("10,000 levels, not closed", format!("any: {}", "[".repeat(10_000)), 400),
        ("3,000 levels of blocks", indented(3_000), 400),
        ("10,000 sequences in one another", format!("any: {}1", "- ".repeat(10_000)), 400),
        ("10,000 keys in one another", format!("{}1", "? ".repeat(10_000)), 400),
        ("a few laughs", laughs(4), 204),
        ("a billion laughs", laughs(10), 400),
        ("an alias of what it stands in", "any: &a [*a]".to_owned(), 400),
        (
            "many aliases of a large text",
            format!("any: &a {}\nopen: [{}]", "x".repeat(100_000), vec!["*a"; 100_000].join(",")),
            400,
        ),
        ("1,000,000 members", format!("open:\n{}", members(1_000_000)), 204),
        ("1,000,000 times one member", format!("open:\n{}", "  a: 1\n".repeat(1_000_000)), 400),
        ("a key as an alias of a large one", format!("? &a {}\n: 1\n? *a\n: 2", "x".repeat(100_000)), 400),
        (
            "100,000 anchors",
            format!("any: [{}]", (0..100_000).map(|n| format!("&a{n} 1")).collect::<Vec<_>>().join(",")),
            204,
        ),
        ("100,000 documents", "---\n{}\n".repeat(100_000), 400),
        ("100,000 tags", format!("any: [{}]", vec!["!x 1"; 100_000].join(",")), 400),
        ("a long line of quotes", format!("any: {}", "'".repeat(100_001)), 400),
        ("a number of a million digits", format!("small: {}", "7".repeat(1_000_000)), 422),
        ("nothing but comments", "#\n".repeat(500_000), 422),
    ]
}

fn xml() -> Vec<Case> {
    let levels = |levels: usize| {
        format!("<Probe><any>{}{}</any></Probe>", "<a>".repeat(levels), "</a>".repeat(levels))
    };
    let members = |member: fn(usize) -> String| (0..1_000_000).map(member).collect::<String>();
    let entity = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let attributes = (0..100_000).map(|n| format!(" a{n}=\"1\"")).collect::<String>();
    let spaces = (0..10_000).map(|n| format!(" xmlns:n{n}=\"u:{n}\"")).collect::<String>();
    vec![
        ("as deep as it may be", levels(120), 204),
        ("10,000 levels", levels(10_000), 400),
        ("10,000 levels, not closed", "<a>".repeat(10_000), 400),
        (
            "10,000 levels where nothing is declared",
            format!("<Probe>{}{}</Probe>", "<u>".repeat(10_000), "</u>".repeat(10_000)),
            400,
        ),
        ("entities in one another", format!("{entity}<Probe><text>&b;</text></Probe>"), 400),
        (
            "an entity from outside",
            "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Probe><text>&a;</text></Probe>"
                .to_owned(),
            400,
        ),
        ("an entity that nobody declares", "<Probe><text>&a;</text></Probe>".to_owned(), 400),
        ("a document type that does not end", format!("<!DOCTYPE {}", "[".repeat(100_000)), 400),
        (
            "1,000,000 members",
            format!("<Probe><open>{}</open></Probe>", members(|n| format!("<k{n}>1</k{n}>"))),
            204,
        ),
        (
            "1,000,000 times one member",
            format!("<Probe><open>{}</open></Probe>", members(|_| "<a>1</a>".to_owned())),
            422,
        ),
        (
            "1,000,000 times one that nobody declares",
            format!("<Probe><open>{}</open></Probe>", members(|_| "<u/>".to_owned())),
            204,
        ),
        ("100,000 attributes", format!("<Probe{attributes}/>"), 204),
        ("100,000 times one attribute", format!("<Probe{}/>", " a=\"1\"".repeat(100_000)), 400),
        ("10,000 namespaces", format!("<Probe{spaces}/>"), 400),
        ("a comment that does not end", format!("<Probe><!--{}", "-".repeat(1_000_000)), 400),
        ("100,000 sections", format!("<Probe><text>{}</text></Probe>", "<![CDATA[a]]>".repeat(100_000)), 422),
        ("100,000 references", format!("<Probe><text>{}</text></Probe>", "&#97;".repeat(100_000)), 422),
        ("a reference to no character", "<Probe><text>&#0;</text></Probe>".to_owned(), 400),
        ("100,000 instructions", format!("{}<Probe/>", "<?a b?>".repeat(100_000)), 204),
        ("a name of a million characters", format!("<Probe><{0}/></Probe>", "n".repeat(1_000_000)), 204),
        (
            "a number of a million digits",
            format!("<Probe><small>{}</small></Probe>", "7".repeat(1_000_000)),
            422,
        ),
    ]
}

fn parts() -> Vec<Case> {
    let parts = |count: usize, part: &str| format!("{}--B--", format!("--B\r\n{part}\r\n").repeat(count));
    let file = "Content-Disposition: form-data; name=file\r\n\r\nx";
    let headers = (0..10_000).map(|n| format!("X-{n}: 1\r\n")).collect::<String>();
    let within = |name: &str, body: &str| {
        format!(
            "--B\r\nContent-Disposition: form-data; name={name}\r\nContent-Type: multipart/mixed; boundary=0\r\n\r\n{body}\r\n--B--"
        )
    };
    let deep: String = (0..10_000)
        .map(|n| format!("--{n}\r\nContent-Type: multipart/mixed; boundary={}\r\n\r\n", n + 1))
        .collect();
    vec![
        ("as many parts as there may be", parts(128, file), 204),
        ("100,000 parts", parts(100_000, file), 413),
        ("1,000,000 boundaries and nothing else", "--B\r\n".repeat(1_000_000), 400),
        (
            "1,000,000 lines that are nearly a boundary",
            format!("--B\r\n\r\n{}", "\r\n--".repeat(1_000_000)),
            400,
        ),
        ("a part with 10,000 headers", format!("--B\r\n{headers}\r\n\r\n--B--"), 400),
        (
            "a header of a million characters",
            format!("--B\r\nX: {}\r\n\r\n\r\n--B--", "x".repeat(1_000_000)),
            400,
        ),
        (
            "a name of a million quotes",
            format!(
                "--B\r\nContent-Disposition: form-data; name=\"{}\r\n\r\n\r\n--B--",
                "\\\"".repeat(500_000)
            ),
            400,
        ),
        ("10,000 bodies in one another", within("inner", &deep), 400),
        (
            "YAML that laughs in a part",
            format!("--B\r\nContent-Disposition: form-data; name=rules\r\n\r\n{}\r\n--B--", &yaml()[7].1),
            400,
        ),
        (
            "XML of 10,000 levels in a part",
            format!(
                "--B\r\nContent-Disposition: form-data; name=tree\r\n\r\n{}\r\n--B--",
                "<a>".repeat(10_000)
            ),
            400,
        ),
        (
            "lines of 10,000 levels in a part",
            format!("--B\r\nContent-Disposition: form-data; name=log\r\n\r\n{}\r\n--B--", "[".repeat(10_000)),
            400,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_forms() {
    let server = test_bounds::start().await;
    let mut wrong = hold(server, "/probe", "application/yaml", yaml()).await;
    wrong.extend(hold(server, "/probe", "application/xml", xml()).await);
    wrong.extend(hold(server, "/parts", "multipart/form-data; boundary=B", parts()).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
