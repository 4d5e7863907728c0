//! YAML 1.2: the runtime reads it, as it reads YAML bodies; here its tree becomes nodes, and what there is to say of it
//! findings.

use counterpart_runtime::yaml::{self, FailureKind, Limits, Remark, RemarkKind};

use super::json::{self, Failure};
use super::{FileId, MAX_DEPTH, Member, Node, Span, Value};
use crate::diagnostic::{Code, Diagnostics};

/// How many nodes all aliases of a document may expand to, and how often the parser is helped over a value it does not
/// take.
const LIMITS: Limits = Limits { depth: MAX_DEPTH, copies: 200_000, patches: 32 };

/// Parses a YAML text that holds one document.
pub(super) fn parse(
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Node>, Failure> {
    let mut remarks = Vec::new();
    let root = yaml::parse(text, LIMITS, &mut remarks);
    for remark in &remarks {
        report(file, remark, diagnostics);
    }
    match root {
        Ok(root) => Ok(root.map(|root| node(file, root))),
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
        RemarkKind::Repeat { start, end } => {
            json::repeat(span(file, start, end), at, &remark.text, diagnostics);
        }
    }
}

fn node(file: FileId, node: yaml::Node) -> Node {
    let value = match node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(value) => Value::Bool(value),
        yaml::Value::Number(lexeme) => Value::Number(lexeme),
        yaml::Value::String(text) => Value::String(text),
        yaml::Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| self::node(file, item)).collect())
        }
        yaml::Value::Object(members) => {
            Value::Object(members.into_iter().map(|one| member(file, one)).collect())
        }
    };
    Node { span: span(file, node.start, node.end), value }
}

fn member(file: FileId, member: yaml::Member) -> Member {
    let name_span = span(file, member.start, member.end);
    Member { name: member.name, name_span, value: node(file, member.value) }
}

fn span(file: FileId, start: u32, end: u32) -> Span {
    Span { file, start, end }
}
