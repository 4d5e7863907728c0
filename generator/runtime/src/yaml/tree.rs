//! The tree that events of `granit-parser` make, with every place.

use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};

use super::node::{Failure, FailureKind, Limits, Member, Node, Remark, RemarkKind, Value};
use super::resume::{Resume, Seat};
use super::scalar;

/// Objects of at most so many members are searched from end to end.
const SMALL: usize = 16;

/// A collection that is being read.
pub(super) struct Open {
    start: u32,
    anchor: usize,
    pub style: StructureStyle,
    /// Of a block, where its entries begin; of others, nothing unless they stand in brackets.
    pub column: Option<usize>,
    pub kind: Kind,
}

pub(super) enum Kind {
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// A mapping that is being read.
#[derive(Default)]
pub(super) struct Mapping {
    members: Vec<Member>,
    key: Option<Key>,
    merges: Vec<Node>,
    /// Its last key, if reading can begin anew there.
    pub mark: Option<Mark>,
}

/// How far things were when a key came.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    /// Where it stands in the text that came in.
    pub at: u32,
    members: usize,
    merges: usize,
    remarks: usize,
}

struct Key {
    name: String,
    place: (u32, u32),
    plain: bool,
}

/// The tree so far.
pub(super) struct Builder {
    limits: Limits,
    pub stack: Vec<Open>,
    pub root: Option<Node>,
    documents: usize,
    anchors: BTreeMap<usize, (Node, usize)>,
    copied: usize,
    /// Whether there was nothing yet that is more than its text: tags, anchors.
    pub plain: bool,
    pub remarks: Vec<Remark>,
}

impl Builder {
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            stack: Vec::new(),
            root: None,
            documents: 0,
            anchors: BTreeMap::new(),
            copied: 0,
            plain: true,
            remarks: Vec::new(),
        }
    }

    /// Forgets what was read behind a key, and the key.
    pub fn step_back(&mut self, resume: &Resume) {
        self.stack.truncate(resume.depth);
        if let Some(Open { kind: Kind::Mapping(mapping), .. }) = self.stack.last_mut()
            && let Some(mark) = mapping.mark
        {
            mapping.key = None;
            mapping.members.truncate(mark.members);
            mapping.merges.truncate(mark.merges);
            self.remarks.truncate(mark.remarks);
        }
    }

    /// Takes an event, which stands at a place of the text that came in.
    ///
    /// # Errors
    /// If it goes beyond the limits, or is what JSON does not have.
    pub fn event(&mut self, event: Event<'_>, place: (u32, u32), seat: Seat<'_>) -> Result<(), Failure> {
        let (start, end) = place;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain &= anchor == 0 && tag.is_none();
                let plain = style == ScalarStyle::Plain;
                if self.wants_key() {
                    if anchor > 0 {
                        let value = Value::String(text.to_string());
                        self.keep(anchor, &Node { start, end, value })?;
                    }
                    self.set_key(text.into_owned(), place, plain);
                    self.mark_key(start, &seat);
                    return Ok(());
                }
                let value = self.scalar(&text, plain, tag.as_deref(), place);
                self.finish(Node { start, end, value }, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.plain &= anchor == 0;
                self.collection_tag(tag.as_deref(), "seq", place);
                let column = self.column_of_sequence(style, start, &seat);
                self.open(Open { start, anchor, style, column, kind: Kind::Sequence(Vec::new()) })
            }
            Event::MappingStart(style, anchor, tag) => {
                self.plain &= anchor == 0;
                self.collection_tag(tag.as_deref(), "map", place);
                let column = (style == StructureStyle::Flow && seat.is_bracket()).then_some(0);
                self.open(Open { start, anchor, style, column, kind: Kind::Mapping(Mapping::default()) })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(id) => self.alias(id, place),
            Event::DocumentStart(..) => self.document(start),
            _ => Ok(()),
        }
    }

    fn document(&mut self, start: u32) -> Result<(), Failure> {
        self.documents += 1;
        if self.documents > 1 {
            let message = "a second YAML document begins here";
            return Err(failure(FailureKind::SeveralDocuments, start, message));
        }
        Ok(())
    }

    fn mapping(&mut self) -> Option<&mut Mapping> {
        match self.stack.last_mut() {
            Some(Open { kind: Kind::Mapping(mapping), .. }) => Some(mapping),
            _ => None,
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { kind: Kind::Mapping(Mapping { key: None, .. }), .. }))
    }

    fn set_key(&mut self, name: String, place: (u32, u32), plain: bool) {
        if let Some(mapping) = self.mapping() {
            mapping.key = Some(Key { name, place, plain });
        }
    }

    fn column_of_sequence(&mut self, style: StructureStyle, start: u32, seat: &Seat<'_>) -> Option<usize> {
        if style == StructureStyle::Flow {
            return Some(0);
        }
        let above = self.stack.last_mut();
        if let Some(Open { start: above, kind: Kind::Sequence(_), column, .. }) = above
            && *above == start
        {
            // The event of that one stands at the dash of this one.
            *column = None;
        }
        seat.column_of_sequence(self.stack.last())
    }

    /// Notes that reading may begin anew at this key.
    fn mark_key(&mut self, at: u32, seat: &Seat<'_>) {
        let remarks = self.remarks.len();
        let Some(open) = self.stack.last_mut() else { return };
        if open.style == StructureStyle::Block {
            open.column = seat.column_of_mapping();
        }
        let known = open.column.is_some();
        if let Kind::Mapping(mapping) = &mut open.kind {
            let (members, merges) = (mapping.members.len(), mapping.merges.len());
            mapping.mark = known.then_some(Mark { at, members, merges, remarks });
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
        let Some(tag) = tag else { return };
        self.plain = false;
        if tag.core_suffix() != Some(own) {
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
        let Some(Open { start, anchor, style, kind, .. }) = self.stack.pop() else {
            return Ok(());
        };
        let (value, last) = match kind {
            Kind::Sequence(items) => {
                let last = items.last().map(|item| item.end);
                (Value::Array(items), last)
            }
            Kind::Mapping(Mapping { mut members, merges, .. }) => {
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
            Kind::Mapping(mapping) => {
                let Some(Key { name, place: (start, end), plain }) = mapping.key.take() else {
                    return Ok(());
                };
                if plain && name == "<<" {
                    return self.merge_value(node);
                }
                mapping.members.push(Member { name, start, end, value: node });
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
            if let Some(mapping) = self.mapping() {
                mapping.merges.push(part);
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

pub(super) fn narrow(offset: usize) -> u32 {
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
