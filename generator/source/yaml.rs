//! The YAML 1.2 reader over `granit-parser`'s events: core schema, merge keys, and limits on depth and aliases.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use super::json::{Failure, report_repeats};
use super::{FileId, MAX_DEPTH, Member, Node, Span, Value, scalar};
use crate::diagnostic::{Code, Diagnostics};

/// How many nodes all aliases of a document may expand to.
const MAX_ALIASED_NODES: usize = 200_000;

/// How often the parser is helped over a value it does not take.
const MAX_PATCHES: usize = 32;

/// Parses a YAML text that holds one document.
pub(super) fn parse(
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Node>, Failure> {
    // The parser would count the byte order mark as a character of the first key.
    let skip = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut patched = Cow::Borrowed(text.get(skip..).unwrap_or_default());
    let mut inserted: Vec<usize> = Vec::new();
    loop {
        let place = |offset: usize| skip + offset - inserted.iter().filter(|at| **at < offset).count();
        let mut aside = Diagnostics::default();
        match attempt(file, &patched, &place, &mut aside) {
            Ok(root) => {
                diagnostics.append(aside);
                return Ok(root);
            }
            Err(Stop::Scan(error)) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                let colon = patched.get(..=at).and_then(|before| before.rfind(':'));
                // YAML 1.2 allows `{a:[x]}` (rule c-ns-flow-map-separate-value); the parser wants a space there.
                let known = *error.kind() == ErrorKind::FlowMappingValueAdjacentCollection;
                match colon.filter(|_| known && inserted.len() < MAX_PATCHES) {
                    Some(colon) => {
                        patched.to_mut().insert(colon + 1, ' ');
                        inserted.push(colon + 1);
                    }
                    None => {
                        diagnostics.append(aside);
                        let message = format!("not YAML: {}", error.info());
                        // A tab that may not be there is reported behind it.
                        let before = patched.get(..at).unwrap_or_default();
                        let at = before.trim_end_matches('\t').len();
                        return Err(Failure { code: Code::SYNTAX, at: place(at), message, below: None });
                    }
                }
            }
            Err(Stop::Failure(failure)) => {
                diagnostics.append(aside);
                return Err(failure);
            }
        }
    }
}

/// Why reading stopped.
enum Stop {
    Scan(ScanError),
    Failure(Failure),
}

fn attempt(
    file: FileId,
    text: &str,
    place: &dyn Fn(usize) -> usize,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Node>, Stop> {
    let options = granit_parser::options! { emit_comments: false };
    let mut builder =
        Builder { file, stack: Vec::new(), root: None, anchors: BTreeMap::new(), aliased: 0, diagnostics };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(Stop::Scan)?;
        let range = span.byte_range().map_or((0, 0), |range| (place(range.start), place(range.end)));
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                let message =
                    "a second YAML document begins here; an API description is one document".to_owned();
                return Err(Stop::Failure(Failure {
                    code: Code::SEVERAL_DOCUMENTS,
                    at: range.0,
                    message,
                    below: None,
                }));
            }
        }
        builder.event(event, range).map_err(Stop::Failure)?;
    }
    Ok(builder.root)
}

/// A collection that is being read.
struct Open {
    start: usize,
    anchor: usize,
    style: StructureStyle,
    kind: Kind,
}

enum Kind {
    Sequence(Vec<Node>),
    Mapping { members: Vec<Member>, key: Option<(String, Span, bool)>, merges: Vec<Node> },
}

struct Builder<'a> {
    file: FileId,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, (Node, usize)>,
    aliased: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, (start, end): (usize, usize)) -> Result<(), Failure> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let span = Span::new(self.file, start, end);
                if self.wants_key() {
                    self.set_key(text.into_owned(), span, plain);
                    return Ok(());
                }
                let value = self.scalar(&text, plain, tag.as_deref(), span);
                self.finish(Node { span, value }, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "seq", Span::new(self.file, start, end));
                self.open(Open { start, anchor, style, kind: Kind::Sequence(Vec::new()) })
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "map", Span::new(self.file, start, end));
                let kind = Kind::Mapping { members: Vec::new(), key: None, merges: Vec::new() };
                self.open(Open { start, anchor, style, kind })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(id) => self.alias(id, Span::new(self.file, start, end)),
            _ => Ok(()),
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { kind: Kind::Mapping { key: None, .. }, .. }))
    }

    fn set_key(&mut self, name: String, span: Span, plain: bool) {
        if let Some(Open { kind: Kind::Mapping { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some((name, span, plain));
        }
    }

    fn scalar(&mut self, text: &str, plain: bool, tag: Option<&Tag>, span: Span) -> Value {
        let Some(tag) = tag else {
            if plain && scalar::is_not_finite(text) {
                self.diagnostics
                    .error(Code::SYNTAX, span, format!("`{text}` is a number that JSON does not have"))
                    .help("quote it if a string is meant");
            }
            return if plain { scalar::plain(text) } else { Value::String(text.to_owned()) };
        };
        match tag.core_suffix() {
            Some("str") => Value::String(text.to_owned()),
            Some("int" | "float" | "bool" | "null") => scalar::plain(text),
            _ => {
                self.idle_tag(tag, span);
                if plain { scalar::plain(text) } else { Value::String(text.to_owned()) }
            }
        }
    }

    /// A collection needs no tag, and has but one that says what it is.
    fn collection_tag(&mut self, tag: Option<&Tag>, own: &str, span: Span) {
        if let Some(tag) = tag
            && tag.core_suffix() != Some(own)
        {
            self.idle_tag(tag, span);
        }
    }

    fn idle_tag(&mut self, tag: &Tag, span: Span) {
        let tag = tag.original();
        self.diagnostics
            .warning(Code::YAML_TAG, span, format!("the tag `{tag}` means nothing here"))
            .help("leave it out; the value is read as if it were not there");
    }

    fn open(&mut self, open: Open) -> Result<(), Failure> {
        let start = open.start;
        if self.wants_key() {
            let message = "a mapping key must be a scalar; this is a collection".to_owned();
            return Err(Failure { code: Code::COMPLEX_KEY, at: start, message, below: None });
        }
        if self.stack.len() == MAX_DEPTH {
            let message = format!("this nests deeper than {MAX_DEPTH} levels");
            return Err(Failure { code: Code::TOO_DEEP, at: start, message, below: None });
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Failure> {
        let Some(Open { start, anchor, style, kind }) = self.stack.pop() else {
            return Ok(());
        };
        let (value, last) = match kind {
            Kind::Sequence(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::Array(items), last)
            }
            Kind::Mapping { mut members, merges, .. } => {
                let last = members.last().map(|member| member.value.span.end.max(member.name_span.end));
                report_repeats(&members, self.diagnostics);
                merge(&mut members, merges);
                (Value::Object(members), last)
            }
        };
        // The end event of a block collection sits on the next token; a flow collection ends at its bracket.
        let end = match (style, last) {
            (StructureStyle::Flow, _) => end.max(start),
            (StructureStyle::Block, Some(last)) => (last as usize).max(start),
            (StructureStyle::Block, None) => start,
        };
        self.finish(Node { span: Span::new(self.file, start, end), value }, anchor)
    }

    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Failure> {
        if anchor > 0 {
            let size = count(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.kind {
            Kind::Sequence(items) => items.push(node),
            Kind::Mapping { members, key, .. } => {
                let Some((name, name_span, plain)) = key.take() else {
                    return Ok(());
                };
                if plain && name == "<<" {
                    return self.merge_value(node);
                }
                members.push(Member { name, name_span, value: node });
            }
        }
        Ok(())
    }

    fn merge_value(&mut self, node: Node) -> Result<(), Failure> {
        let parts = match node.value {
            Value::Array(items) => items,
            _ => vec![node],
        };
        for part in parts {
            if !part.is_object() {
                let message = "`<<` merges mappings; this is none".to_owned();
                return Err(Failure {
                    code: Code::SYNTAX,
                    at: part.span.start as usize,
                    message,
                    below: None,
                });
            }
            if let Some(Open { kind: Kind::Mapping { merges, .. }, .. }) = self.stack.last_mut() {
                merges.push(part);
            }
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), Failure> {
        let at = span.start as usize;
        let Some((node, size)) = self.anchors.get(&id) else {
            let message = "this alias stands inside of what it refers to".to_owned();
            return Err(Failure { code: Code::ALIAS_LIMIT, at, message, below: None });
        };
        self.aliased += size;
        if self.aliased > MAX_ALIASED_NODES {
            let message =
                format!("the aliases of this document expand to more than {MAX_ALIASED_NODES} values");
            return Err(Failure { code: Code::ALIAS_LIMIT, at, message, below: None });
        }
        if self.stack.len() + depth(node) > MAX_DEPTH {
            let message =
                format!("with this alias expanded, the document nests deeper than {MAX_DEPTH} levels");
            return Err(Failure { code: Code::TOO_DEEP, at, message, below: None });
        }
        if self.wants_key() {
            let Some(name) = node.as_str().map(str::to_owned) else {
                let message = "a mapping key must be a scalar; this alias is none".to_owned();
                return Err(Failure { code: Code::COMPLEX_KEY, at, message, below: None });
            };
            self.set_key(name, span, false);
            return Ok(());
        }
        let node = node.clone();
        self.finish(node, 0)
    }
}

/// Adds the members of merged mappings that are not there already; earlier mappings win (YAML merge keys).
fn merge(members: &mut Vec<Member>, merges: Vec<Node>) {
    for part in merges {
        if let Value::Object(added) = part.value {
            for member in added {
                if members.iter().all(|present| present.name != member.name) {
                    members.push(member);
                }
            }
        }
    }
}

fn count(node: &Node) -> usize {
    let below: usize = match &node.value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.iter().map(|member| count(&member.value)).sum(),
        _ => 0,
    };
    below + 1
}

fn depth(node: &Node) -> usize {
    let below = match &node.value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.iter().map(|member| depth(&member.value)).max(),
        _ => return 0,
    };
    below.unwrap_or(0) + 1
}
