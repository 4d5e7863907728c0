//! What the parser does not take: it is read as if the spaces were there, and no more of the text is read again than
//! must be.

use super::parse::parse_patched;
use super::patch::Patched;
use super::{Limits, Node, Remark, Value};

struct Outcome {
    tree: String,
    remarks: Vec<Remark>,
    read: usize,
}

fn read(text: &str, again: usize) -> Outcome {
    let limits = Limits { depth: 100, copies: 1000, again };
    let mut remarks = Vec::new();
    let mut patched = Patched::new(text, again);
    let tree = match parse_patched(&mut patched, limits, &mut remarks) {
        Ok(root) => root.map(|root| described(&root, text)).unwrap_or_default(),
        Err(failure) => format!("{} at {}", failure.message, failure.at),
    };
    Outcome { tree, remarks, read: patched.read }
}

/// A tree with the texts of its scalars and keys, which show whether places are right.
fn described(node: &Node, text: &str) -> String {
    let stands =
        |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or("?").replace(' ', "");
    match &node.value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| described(item, text)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members = members.iter().map(|member| {
                let key = stands(member.start, member.end);
                format!("{}({key}):{}", member.name, described(&member.value, text))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::String(value) => format!("{value}({})", stands(node.start, node.end)),
        other => format!("{other:?}({})", stands(node.start, node.end)),
    }
}

/// Values that the parser refuses, and how they are to be written. `@` is where a line begins.
const VALUES: [(&str, &str); 6] = [
    ("{a:[x, é],b:{c: 1}}", "{a: [x, é],b: {c: 1}}"),
    ("'x'#y", "'x' #y"),
    ("[{a:[1]}, {k: [ p: {l:[2]} ]},\n@  'u' ]", "[{a: [1]}, {k: [ p: {l: [2]} ]},\n@  'u' ]"),
    ("'one\n@two\n\n@three'", "'one\n@        two\n\n@        three'"),
    ("\"é\n@two\"#y", "\"é\n@        two\" #y"),
    ("good", "good"),
];

/// Documents around values: a `$` for each.
const FRAMES: [&str; 10] = [
    "k: $\n",
    "---\n# c\nk:\n  l: $\n  m: $\nn: $\n",
    "k:\n- l: $\n  m: 1\n- $\n- - $\n  - n: $\n",
    "k:\n  -\n    l: $\n  - $\n  -   m: x\n      n: $\n",
    "- $\n- a: $\n  b:\n  - $\n  - c: $\n- $\n",
    "? k\n: $\n? l\n: m: $\n",
    "k:\n-\n  - l: $\n    m: $\n-\n  - $\n",
    "a: {b: c, d: [e, {f: g}]}\nh: $\ni: { j: 'k',\nl: {m:[n]}, o: p }\n",
    "a: &x $\nb: *x\nc: $\n",
    "\u{feff}s: !!str 1\nk: $\nl: $\n",
];

#[test]
fn a_mended_text_is_read_as_one_that_is_right() {
    let mut mended = 0;
    for frame in FRAMES {
        for first in 0..VALUES.len() {
            let (mut wrong, mut right) = (String::new(), String::new());
            for (index, part) in frame.split('$').enumerate() {
                if index > 0 {
                    let (bad, good) = VALUES[(first + index - 1) % VALUES.len()];
                    wrong.push_str(&bad.replace('@', ""));
                    right.push_str(&good.replace('@', ""));
                }
                wrong.push_str(part);
                right.push_str(part);
            }
            let right = right.replace("l: {m:[n]}", "l: {m: [n]}");
            let (wrong_tree, right_tree) = (read(&wrong, 100_000), read(&right, 0));
            assert_eq!(wrong_tree.tree, right_tree.tree, "{wrong}\n{right}");
            assert!(!right_tree.tree.contains("not YAML"), "{right}: {}", right_tree.tree);
            for remark in &wrong_tree.remarks {
                let at = remark.start as usize..remark.end as usize;
                assert_eq!(wrong.get(at), Some(remark.text.as_str()), "{wrong}");
                mended += 1;
            }
        }
    }
    assert!(mended > 100, "{mended}");
}

/// How much is read of a text of so many entries, and of one of eight times as many.
fn growth(text: impl Fn(usize) -> String) -> f64 {
    let read = |count| {
        let (text, limit) = (text(count), 64 << 20);
        let outcome = read(&text, limit);
        assert!(outcome.tree.starts_with('{'), "{}", outcome.tree);
        f64::from(u32::try_from(outcome.read).unwrap())
    };
    read(80) / read(10)
}

#[test]
fn what_is_read_grows_with_the_text() {
    let block = |lines: &'static str| {
        move |count: usize| {
            let good =
                "    type: object\n    properties:\n      id: {type: string, format: uuid}\n".repeat(4);
            let entry = format!("{good}    example: {{a:[x]}}\n    text: '{lines}'\n    note: 'x'#y\n");
            (0..count).fold("all:\n".to_owned(), |text, index| format!("{text}  S{index}:\n{entry}"))
        }
    };
    // The parser looks 1024 characters ahead here, before it says what it has.
    let flow = |count: usize| format!("{{x: [{{{}}}]}}", "k:[{a:{b: c}}],".repeat(count * 16));
    let items = |count: usize| format!("x:\n  y:\n{}", "  - a: {b:[x]}\n    c: 'd'#e\n".repeat(count));
    let grown = [growth(block("one\n    two")), growth(block("1\n2\n3\n4")), growth(flow), growth(items)];
    assert!(grown.iter().all(|growth| (6.0..10.0).contains(growth)), "{grown:?}");
}

#[test]
fn reading_again_has_an_end() {
    let text = format!("a: &x 1\n{}", "b: 'x'#y\n".repeat(1000));
    let tree = read(&text, 100_000).tree;
    assert!(tree.contains("comments must be separated"), "{tree}");
}
