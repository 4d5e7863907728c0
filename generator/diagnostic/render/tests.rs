use super::{Style, human, json, plain_message};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Sources, Span};

const TEXT: &str = "paths:\n  /pets:\n    get:\n      schema:\n        $ref: '#/Pett'\n";

fn sources(text: &str) -> Sources {
    let sources = Sources::default();
    sources.add_text("specs/pets.yaml".to_owned(), text.to_owned());
    sources
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(FileId(0), start, start + part.len())
}

fn code() -> Code {
    Code::all().next().unwrap()
}

fn finding(at: Span) -> Diagnostic {
    let mut diagnostics = Diagnostics::default();
    diagnostics.error(code(), at, "no schema named `Pett`").help("did you mean `Pet`?");
    diagnostics.iter().next().unwrap().clone()
}

#[test]
fn a_finding_shows_its_line() {
    let text = human(&finding(span(TEXT, "'#/Pett'")), &sources(TEXT), Style::Plain);
    let expected = format!(
        "error[{}]: no schema named `Pett`
 --> specs/pets.yaml:5:15
  |
5 |         $ref: '#/Pett'
  |               ^^^^^^^^
  |
  = help: did you mean `Pet`?",
        code()
    );
    assert_eq!(text, expected);
}

#[test]
fn a_label_nearby_shares_the_snippet() {
    let mut finding = finding(span(TEXT, "'#/Pett'"));
    finding.labels.push((span(TEXT, "get"), "asked for here".to_owned()));
    let text = human(&finding, &sources(TEXT), Style::Plain);
    assert!(text.contains("3 |     get:\n  |     --- asked for here\n"), "{text}");
    assert_eq!(text.matches("-->").count(), 1, "{text}");
}

#[test]
fn a_place_of_many_lines_is_shown_by_its_first() {
    let whole = Span::new(FileId(0), TEXT.find("get").unwrap(), TEXT.len());
    let text = human(&finding(whole), &sources(TEXT), Style::Plain);
    assert!(text.contains("3 |     get:\n  |     ^^^^\n"), "{text}");
}

#[test]
fn a_long_line_is_cut_and_keeps_its_column() {
    let line = format!("{}\"here\"{}", "x".repeat(5000), "y".repeat(5000));
    let text = human(&finding(span(&line, "\"here\"")), &sources(&line), Style::Plain);
    assert!(text.contains("specs/pets.yaml:1:5001"), "{text}");
    assert!(text.contains("\"here\"") && text.len() < 1500, "{text}");
}

#[test]
fn odd_places_do_not_panic() {
    let text = "a: \u{1F600}é\r\nb: 1";
    let length = text.len() + 3;
    for start in 0..length {
        for end in start..length {
            let finding = finding(Span::new(FileId(0), start, end));
            assert!(human(&finding, &sources(text), Style::Colored).contains("Pett"));
        }
    }
    assert!(human(&finding(Span::NONE), &sources(""), Style::Plain).starts_with("error["));
}

#[test]
fn json_has_every_fact() {
    let mut finding = finding(span(TEXT, "'#/Pett'"));
    finding.labels.push((span(TEXT, "get"), "asked for here".to_owned()));
    let value: serde_json::Value = serde_json::from_str(&json(&finding, &sources(TEXT))).unwrap();
    assert_eq!(value["severity"], "error");
    assert_eq!(value["file"], "specs/pets.yaml");
    assert_eq!(value["start"], serde_json::json!({ "line": 5, "column": 15, "offset": 53 }));
    assert_eq!(value["labels"][0]["message"], "asked for here");
    assert_eq!(value["help"], "did you mean `Pet`?");
}

#[test]
fn a_message_without_a_place() {
    let text = plain_message(Severity::Error, "cannot read `a`", Some("look"), Style::Plain);
    assert_eq!(text, "error: cannot read `a`\n |\n = help: look");
}
