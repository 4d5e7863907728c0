//! A reader over `granit-parser`'s events that makes a tree, and keeps every place.

use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use super::node::{Failure, FailureKind, Limits, Member, Node, Remark, RemarkKind, Value};
use super::patch::Patched;
use super::scalar;

/// Objects of at most so many members are searched from end to end.
const SMALL: usize = 16;

/// Parses a text that holds one document; `None` if it is empty. Remarks come in their order, those before a failure
/// among them.
///
/// # Errors
/// If it is not YAML, or goes beyond the limits.
pub fn parse(text: &str, limits: Limits, remarks: &mut Vec<Remark>) -> Result<Option<Node>, Failure> {
    let mut patched = Patched::new(text);
    loop {
        remarks.clear();
        match attempt(&patched, limits, remarks) {
            Ok(root) => {
                remarks.extend(patched.remarks());
                return Ok(root);
            }
            Err(Stop::Failure(failure)) => return Err(failure),
            Err(Stop::Scan(error)) if patched.mend(&error, limits.patches) => {}
            Err(Stop::Scan(error)) => {
                // A tab that may not be there is reported behind it.
                let at = error.marker().byte_offset().unwrap_or_default();
                let before = patched.text().get(..at).unwrap_or_default();
                let at = patched.place(before.trim_end_matches('\t').len());
                return Err(unread(&error, at, limits));
            }
        }
    }
}

/// What the parser cannot read. The levels that it allows are more than ours, which it would be told of by then.
fn unread(error: &ScanError, at: usize, limits: Limits) -> Failure {
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => {
            let message = format!("this nests deeper than {} levels", limits.depth);
            Failure { kind: FailureKind::TooDeep, at, message }
        }
        _ => Failure { kind: FailureKind::Syntax, at, message: format!("not YAML: {}", error.info()) },
    }
}

/// Why reading stopped.
enum Stop {
    Scan(ScanError),
    Failure(Failure),
}

fn attempt(patched: &Patched<'_>, limits: Limits, remarks: &mut Vec<Remark>) -> Result<Option<Node>, Stop> {
    let options = granit_parser::options! { emit_comments: false };
    let mut builder =
        Builder { limits, stack: Vec::new(), root: None, anchors: BTreeMap::new(), copied: 0, remarks };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(patched.text(), options) {
        let (event, span) = next.map_err(Stop::Scan)?;
        let range =
            span.byte_range().map_or((0, 0), |range| (patched.place(range.start), patched.place(range.end)));
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                let message = "a second YAML document begins here".to_owned();
                let kind = FailureKind::SeveralDocuments;
                return Err(Stop::Failure(Failure { kind, at: range.0, message }));
            }
        }
        builder.event(event, (narrow(range.0), narrow(range.1))).map_err(Stop::Failure)?;
    }
    Ok(builder.root)
}

/// A collection that is being read.
struct Open {
    start: u32,
    anchor: usize,
    style: StructureStyle,
    kind: Kind,
}

enum Kind {
    Sequence(Vec<Node>),
    Mapping { members: Vec<Member>, key: Option<Key>, merges: Vec<Node> },
}

struct Key {
    name: String,
    place: (u32, u32),
    plain: bool,
}

struct Builder<'a> {
    limits: Limits,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, (Node, usize)>,
    copied: usize,
    remarks: &'a mut Vec<Remark>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, place: (u32, u32)) -> Result<(), Failure> {
        let (start, end) = place;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                if self.wants_key() {
                    if anchor > 0 {
                        let value = Value::String(text.to_string());
                        self.keep(anchor, &Node { start, end, value })?;
                    }
                    self.set_key(text.into_owned(), place, plain);
                    return Ok(());
                }
                let value = self.scalar(&text, plain, tag.as_deref(), place);
                self.finish(Node { start, end, value }, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "seq", place);
                self.open(Open { start, anchor, style, kind: Kind::Sequence(Vec::new()) })
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "map", place);
                let kind = Kind::Mapping { members: Vec::new(), key: None, merges: Vec::new() };
                self.open(Open { start, anchor, style, kind })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(id) => self.alias(id, place),
            _ => Ok(()),
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { kind: Kind::Mapping { key: None, .. }, .. }))
    }

    fn set_key(&mut self, name: String, place: (u32, u32), plain: bool) {
        if let Some(Open { kind: Kind::Mapping { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some(Key { name, place, plain });
        }
    }

    fn scalar(&mut self, text: &str, plain: bool, tag: Option<&Tag>, place: (u32, u32)) -> Value {
        let Some(tag) = tag else {
            if plain && scalar::is_not_finite(text) {
                self.remark(RemarkKind::NotFinite, text, place);
            }
            return if plain { scalar::plain(text) } else { Value::String(text.to_owned()) };
        };
        let value = scalar::plain(text);
        match (tag.core_suffix(), &value) {
            (Some("str"), _) => Value::String(text.to_owned()),
            (Some("null"), Value::Null) | (Some("bool"), Value::Bool(_)) => value,
            (Some("int" | "float"), Value::Number(_)) => value,
            _ => {
                self.remark(RemarkKind::Tag, &tag.original(), place);
                if plain { value } else { Value::String(text.to_owned()) }
            }
        }
    }

    /// A collection needs no tag, and has but one that says what it is.
    fn collection_tag(&mut self, tag: Option<&Tag>, own: &str, place: (u32, u32)) {
        if let Some(tag) = tag
            && tag.core_suffix() != Some(own)
        {
            self.remark(RemarkKind::Tag, &tag.original(), place);
        }
    }

    fn remark(&mut self, kind: RemarkKind, text: &str, (start, end): (u32, u32)) {
        self.remarks.push(Remark { start, end, text: text.to_owned(), kind });
    }

    fn open(&mut self, open: Open) -> Result<(), Failure> {
        let start = open.start;
        if self.wants_key() {
            let message = "a mapping key must be a scalar; this is a collection";
            return Err(failure(FailureKind::ComplexKey, start, message));
        }
        if self.stack.len() == self.limits.depth {
            let message = format!("this nests deeper than {} levels", self.limits.depth);
            return Err(failure(FailureKind::TooDeep, start, message));
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: u32) -> Result<(), Failure> {
        let Some(Open { start, anchor, style, kind }) = self.stack.pop() else {
            return Ok(());
        };
        let (value, last) = match kind {
            Kind::Sequence(items) => {
                let last = items.last().map(|item| item.end);
                (Value::Array(items), last)
            }
            Kind::Mapping { mut members, merges, .. } => {
                let last = members.last().map(|member| member.value.end.max(member.end));
                self.report_repeats(&members);
                merge(&mut members, merges);
                (Value::Object(members), last)
            }
        };
        // The end event of a block collection sits on the next token; a flow collection ends at its bracket.
        let end = match (style, last) {
            (StructureStyle::Flow, _) => end.max(start),
            (StructureStyle::Block, Some(last)) => last.max(start),
            (StructureStyle::Block, None) => start,
        };
        self.finish(Node { start, end, value }, anchor)
    }

    /// Keys that stand twice.
    fn report_repeats(&mut self, members: &[Member]) {
        let mut report = |first: &Member, again: &Member| {
            let kind = RemarkKind::Repeat { start: first.start, end: first.end };
            self.remark(kind, &again.name, (again.start, again.end));
        };
        if members.len() <= SMALL {
            for (index, member) in members.iter().enumerate() {
                if let Some(first) = members.iter().take(index).find(|other| other.name == member.name) {
                    report(first, member);
                }
            }
            return;
        }
        let mut seen: BTreeMap<&str, &Member> = BTreeMap::new();
        for member in members {
            match seen.get(member.name.as_str()) {
                Some(first) => report(first, member),
                None => drop(seen.insert(&member.name, member)),
            }
        }
    }

    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Failure> {
        if anchor > 0 {
            self.keep(anchor, &node)?;
        }
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.kind {
            Kind::Sequence(items) => items.push(node),
            Kind::Mapping { members, key, .. } => {
                let Some(Key { name, place: (start, end), plain }) = key.take() else {
                    return Ok(());
                };
                if plain && name == "<<" {
                    return self.merge_value(node);
                }
                members.push(Member { name, start, end, value: node });
            }
        }
        Ok(())
    }

    /// Remembers what an anchor stands at. Anchors may lie within each other, so that what is kept counts, too.
    fn keep(&mut self, anchor: usize, node: &Node) -> Result<(), Failure> {
        let size = node.count();
        self.copy(size, node.start)?;
        self.anchors.insert(anchor, (node.clone(), size));
        Ok(())
    }

    fn copy(&mut self, size: usize, at: u32) -> Result<(), Failure> {
        self.copied += size;
        if self.copied > self.limits.copies {
            let message =
                format!("the aliases of this document expand to more than {} values", self.limits.copies);
            return Err(failure(FailureKind::AliasLimit, at, message));
        }
        Ok(())
    }

    fn merge_value(&mut self, node: Node) -> Result<(), Failure> {
        let parts = match node.value {
            Value::Array(items) => items,
            _ => vec![node],
        };
        for part in parts {
            if !matches!(part.value, Value::Object(_)) {
                return Err(failure(FailureKind::Syntax, part.start, "`<<` merges mappings; this is none"));
            }
            if let Some(Open { kind: Kind::Mapping { merges, .. }, .. }) = self.stack.last_mut() {
                merges.push(part);
            }
        }
        Ok(())
    }

    fn alias(&mut self, id: usize, place: (u32, u32)) -> Result<(), Failure> {
        let at = place.0;
        let unknown =
            || failure(FailureKind::AliasLimit, at, "this alias stands inside of what it refers to");
        let size = self.anchors.get(&id).map(|(_, size)| *size).ok_or_else(unknown)?;
        self.copy(size, at)?;
        let (node, _) = self.anchors.get(&id).ok_or_else(unknown)?;
        if self.wants_key() {
            let Value::String(name) = &node.value else {
                let message = "a mapping key must be a scalar; this alias is none";
                return Err(failure(FailureKind::ComplexKey, at, message));
            };
            let name = name.clone();
            self.set_key(name, place, false);
            return Ok(());
        }
        if self.stack.len() + node.depth() > self.limits.depth {
            let message = format!(
                "with this alias expanded, the document nests deeper than {} levels",
                self.limits.depth
            );
            return Err(failure(FailureKind::TooDeep, at, message));
        }
        let node = node.clone();
        self.finish(node, 0)
    }
}

fn failure(kind: FailureKind, at: u32, message: impl Into<String>) -> Failure {
    Failure { kind, at: at as usize, message: message.into() }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Adds the members of merged mappings that are not there already; earlier mappings win (YAML merge keys).
fn merge(members: &mut Vec<Member>, merges: Vec<Node>) {
    if merges.is_empty() {
        return;
    }
    let mut present: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
    for part in merges {
        if let Value::Object(added) = part.value {
            members.extend(added.into_iter().filter(|member| present.insert(member.name.clone())));
        }
    }
}
