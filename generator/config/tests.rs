use std::path::{Path, PathBuf};

use super::{Config, Mistake, parse};
use crate::diagnostic::Code;
use crate::options::{Discriminators, Formats, Modules, Options, Parts, ReadOnly, Traits};

fn config(text: &str) -> Config {
    let (config, mistakes) = parse(text, Path::new("conf"));
    assert_eq!(mistakes, []);
    config
}

fn mistakes(text: &str) -> Vec<(&str, String)> {
    let (_, mistakes) = parse(text, Path::new(""));
    mistakes.iter().map(|Mistake { span, message, .. }| (&text[span.clone()], message.clone())).collect()
}

#[test]
fn every_key_is_read() {
    let config = config(
        r#"
        spec = "orders.yaml"
        root = ".."
        out = "../src/api"
        crate = "orders"
        runtime-path = "runtime"
        parts = ["client"]
        formats = "annotate"
        read-only = "strict-3.1"
        discriminators = "select"
        traits = "per-tag"
        modules = "by-tag"
        deny-warnings = true
        allow = ["ambiguous-path"]
        [names]
        order_v2 = "Order"
        [vendor]
        "https://example.com/" = "../vendor/example.com"
        [operations]
        include = ["tag:orders"]
        exclude = ["/internal*"]
        "#,
    );
    assert_eq!(config.spec, Some(PathBuf::from("conf/orders.yaml")));
    assert_eq!(config.root, Some(PathBuf::from("conf/..")));
    assert_eq!(config.out, Some(PathBuf::from("conf/../src/api")));
    assert_eq!(config.package.as_deref(), Some("orders"));
    assert_eq!(config.runtime_path, Some(PathBuf::from("conf/runtime")));
    assert_eq!(config.options.parts, Parts { server: false, client: true });
    assert_eq!(config.options.formats, Formats::Annotate);
    assert_eq!(config.options.read_only, ReadOnly::Strict31);
    assert_eq!(config.options.discriminators, Discriminators::Select);
    assert_eq!(config.options.traits, Traits::PerTag);
    assert_eq!(config.options.modules, Modules::ByTag);
    assert!(config.options.deny_warnings);
    assert!(config.options.allow.iter().eq([&Code::AMBIGUOUS_PATH]));
    let folder = PathBuf::from("conf/../vendor/example.com");
    assert_eq!(config.vendored, [("https://example.com/".to_owned(), folder)]);
    assert_eq!(config.options.names.get("order_v2").map(String::as_str), Some("Order"));
    assert_eq!(config.options.operations.include, ["tag:orders"]);
    assert_eq!(config.options.operations.exclude, ["/internal*"]);
}

#[test]
fn an_empty_file_is_the_defaults() {
    assert_eq!(config(""), Config { options: Options::default(), ..Config::default() });
}

#[test]
fn types_alone_are_a_choice() {
    assert_eq!(config("parts = [\"types\"]").options.parts, Parts::TYPES);
}

#[test]
fn every_mistake_has_its_place() {
    let found =
        mistakes("specs = 'a'\nout = 7\nformats = 'check'\nparts = ['sever']\n[operations]\nonly = []\n");
    let expected = [
        ("specs", "unknown key `specs` at the top level"),
        ("7", "expected a string, found an integer"),
        ("'check'", "unknown value `check`"),
        ("'sever'", "unknown value `sever`"),
        ("only", "unknown key `only` in `[operations]`"),
    ];
    let found: Vec<_> = found.iter().map(|(place, message)| (*place, message.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_was_meant_is_asked() {
    let helps = |text| {
        let (_, mistakes) = parse(text, Path::new(""));
        mistakes.into_iter().filter_map(|mistake| mistake.help).collect::<Vec<_>>()
    };
    let close = "format = 'typed'\nparts = ['sever']\n[operations]\nexclud = []\n";
    assert_eq!(
        helps(close),
        ["did you mean `formats`?", "did you mean `server`?", "did you mean `exclude`?"]
    );
    assert_eq!(
        helps("traits = 'x'\n[operations]\nonly = []\ncrate = 'a'\n"),
        [
            "write one of `one`, `per-tag`",
            "known keys: `include`, `exclude`",
            "known keys: `include`, `exclude`"
        ]
    );
    let (config, mistakes) = parse("crate = 'my crate'", Path::new(""));
    assert_eq!((config.package, mistakes.len()), (None, 1));
}

#[test]
fn broken_toml_is_a_mistake_and_no_panic() {
    for text in ["spec = ", "[operations", "a = 1\na = 2", "= 1", "\u{0}", "spec = \"\\q\""] {
        assert!(!mistakes(text).is_empty(), "{text:?}");
    }
}
