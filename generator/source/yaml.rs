//! YAML 1.2: the runtime reads it, as it reads YAML bodies; here its tree becomes entries, and what there is to say of it
//! findings.

use counterpart_runtime::yaml::{self, FailureKind, Limits, Remark, RemarkKind};

use super::json::{self, Failure};
use super::tree::{Kind, Tree};
use super::{FileId, MAX_DEPTH, Span};
use crate::diagnostic::{Code, Diagnostics};

/// How many nodes all aliases of a document may expand to, and how many bytes are read again where the parser is helped
/// over what it does not take.
const LIMITS: Limits = Limits { depth: MAX_DEPTH, copies: 200_000, again: 128 << 20 };

/// Parses a YAML text that holds one document.
pub(super) fn parse(
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Tree>, Failure> {
    let mut remarks = Vec::new();
    let root = yaml::parse(text, LIMITS, &mut remarks);
    for remark in &remarks {
        report(file, remark, diagnostics);
    }
    match root {
        Ok(None) => Ok(None),
        Ok(Some(root)) => {
            let mut tree = Tree::default();
            add(&mut tree, text, &root);
            Ok(Some(tree.finish()))
        }
        Err(yaml::Failure { kind, at, message }) => {
            Err(Failure { code: code(kind), at, message: of_document(kind, message), below: None })
        }
    }
}

fn code(kind: FailureKind) -> Code {
    match kind {
        FailureKind::Syntax => Code::SYNTAX,
        FailureKind::SeveralDocuments => Code::SEVERAL_DOCUMENTS,
        FailureKind::ComplexKey => Code::COMPLEX_KEY,
        FailureKind::AliasLimit => Code::ALIAS_LIMIT,
        FailureKind::TooDeep => Code::TOO_DEEP,
    }
}

fn of_document(kind: FailureKind, message: String) -> String {
    match kind {
        FailureKind::SeveralDocuments => format!("{message}; an API description is one document"),
        _ => message,
    }
}

fn report(file: FileId, remark: &Remark, diagnostics: &mut Diagnostics) {
    let at = span(file, remark.start, remark.end);
    match remark.kind {
        RemarkKind::NotFinite => {
            let report = diagnostics.error(Code::SYNTAX, at, remark.message());
            report.help("quote it if a string is meant");
        }
        RemarkKind::Tag => {
            let report = diagnostics.warning(Code::YAML_TAG, at, remark.message());
            report.help("leave it out; the value is read as if it were not there");
        }
        RemarkKind::Indent => {
            let report = diagnostics.warning_once(Code::YAML_SPACE, "line", at, remark.message());
            report.help("indent the lines of a text deeper than its key; other readers refuse this");
        }
        RemarkKind::Comment => {
            let report = diagnostics.warning_once(Code::YAML_SPACE, "comment", at, remark.message());
            report.help("put a space before `#`; other readers refuse this");
        }
        RemarkKind::Repeat { start, end } => {
            json::repeat(span(file, start, end), at, &remark.text, diagnostics);
        }
    }
}

/// Adds a value and all that is inside.
fn add(tree: &mut Tree, text: &str, node: &yaml::Node) {
    let (start, end) = (node.start as usize, node.end as usize);
    match &node.value {
        yaml::Value::Null => tree.push(Kind::Null, start, end),
        yaml::Value::Bool(true) => tree.push(Kind::True, start, end),
        yaml::Value::Bool(false) => tree.push(Kind::False, start, end),
        yaml::Value::Number(lexeme) if text.get(start..end) == Some(lexeme.as_str()) => {
            tree.push(Kind::Number, start, end);
        }
        yaml::Value::Number(lexeme) => tree.push_spelled(Kind::SpelledNumber, lexeme, start, end),
        yaml::Value::String(value) => string(tree, text, value, start, end),
        yaml::Value::Array(items) => {
            let open = tree.open(start);
            items.iter().for_each(|item| add(tree, text, item));
            tree.close(open, Kind::Array, end);
        }
        yaml::Value::Object(members) => {
            let open = tree.open(start);
            for member in members {
                string(tree, text, &member.name, member.start as usize, member.end as usize);
                add(tree, text, &member.value);
            }
            tree.close(open, Kind::Object, end);
        }
    }
}

/// Adds a string, by its place in the text if it stands there as it is.
fn string(tree: &mut Tree, text: &str, value: &str, start: usize, end: usize) {
    let is = |start: usize, end: usize| text.get(start..end) == Some(value);
    if is(start, end) {
        tree.push(Kind::Plain, start, end);
    } else if is(start + 1, end.saturating_sub(1)) {
        tree.push(Kind::Quoted, start, end);
    } else {
        tree.push_spelled(Kind::Spelled, value, start, end);
    }
}

fn span(file: FileId, start: u32, end: u32) -> Span {
    Span { file, start, end }
}
