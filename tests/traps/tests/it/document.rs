//! T40: names and text of a contract that means harm, or is only unlucky.

use counterpart::{Options, Source, generate};

const HOSTILE: &str = r##"
openapi: 3.1.1
info: {title: t, version: '1', description: "*/ }} ` \" \r # \U00002028 {{x}}"}
paths:
  '/a"b':
    get:
      operationId: fn main(){}
      description: "    let x = unsafe_call();\n\n```\npanic!()\n```\n[x](javascript:1) [`Vec`]"
      responses: {'200': {description: ok}}
components:
  schemas:
    Self: {}
    Result: {type: object, properties: {a: {type: string}}}
    Option: {type: object, properties: {a: {type: string}}}
    String: {type: object, properties: {a: {type: string}}}
    foo-bar: {type: object, properties: {a: {type: string}}}
    foo_bar: {type: object, properties: {b: {type: string}}}
    FooBar: {type: object, properties: {c: {type: string}}}
"##;

/// Path and text of what is generated.
fn generated(text: &str) -> Vec<(String, String)> {
    let generated =
        generate(&Source::text("t.yaml", text), &Options::new()).unwrap_or_else(|error| panic!("{error}"));
    generated.files.into_iter().map(|file| (file.path.to_string(), file.text.to_string())).collect()
}

#[test]
fn t40_text_of_the_contract_stays_text() {
    let files = generated(HOSTILE);
    for (path, text) in &files {
        assert!(!path.contains("..") && !path.starts_with('/'), "{path}");
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["unsafe_call", "panic!()", "javascript:", "fn main"] {
            assert!(!code.contains(word) || path.ends_with(".jsonl"), "{path}: {word}");
        }
        // A fence without a language, or indented text, would be run as a test of the documentation.
        let docs = text.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
        let mut fences = 0;
        for line in docs {
            assert!(!line.starts_with("     "), "{path}: {line}");
            fences += usize::from(line.trim() == "```");
        }
        let opened = text.matches("```text").count();
        assert_eq!(fences, opened, "{path}: every fence that opens says `text`");
    }
}

#[test]
fn t40_names_do_not_depend_on_unrelated_schemas() {
    let types = |text: &str| {
        let files = generated(text);
        let (_, types) = files.into_iter().find(|(path, _)| path == "types.rs").expect("types");
        let names = types.lines().filter_map(|line| line.strip_prefix("pub ")).map(str::to_owned);
        names.collect::<Vec<String>>()
    };
    let before = types(HOSTILE);
    let more = "    Unrelated: {type: object, properties: {a: {type: string}}}\n    Zebra: {type: string, enum: [a]}\n";
    let after = types(&(HOSTILE.to_owned() + more));
    assert!(before.len() > 5 && before.iter().all(|name| after.contains(name)), "{before:?} {after:?}");
    assert_eq!(before, types(HOSTILE), "and are the same each time");
}
