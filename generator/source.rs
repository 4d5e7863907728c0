//! Files and the trees read from them: JSON and YAML 1.2 become one kind of [`Tree`], every [`Node`] of it knows its place.

mod json;
mod node;
mod parse;
mod tree;
mod yaml;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use node::{Items, Member, Members, Node, NodeId, Value};
pub use parse::{parse, text_of};
pub use tree::Tree;

/// How many levels a document may nest; deeper ones are refused with a message that says so.
pub const MAX_DEPTH: usize = 200;
/// How many files a description may consist of.
pub const MAX_FILES: usize = 4096;
/// How large a file may be.
pub const MAX_BYTES: u64 = 256 << 20;

/// Index of a file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// No place at all.
    pub const NONE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: narrow(start), end: narrow(end) }
    }

    /// Whether this is [`Span::NONE`].
    pub fn is_none(self) -> bool {
        self.file == Self::NONE.file
    }

    /// How many bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A place for people: both numbers count from 1, columns count bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line.
    pub line: u32,
    /// Byte in the line.
    pub column: u32,
}

/// A file that was read.
#[derive(Debug)]
pub struct SourceFile {
    /// Its index.
    pub id: FileId,
    /// The path as the user would write it.
    pub path: String,
    /// Its text; bytes that are not UTF-8 stand as `?`, so that offsets hold.
    pub text: String,
    /// Whether this was read from the disk.
    pub on_disk: bool,
    /// The values in the text; none if it could not be parsed. Once forgotten it is made again when it is asked for.
    tree: OnceLock<Tree>,
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// A file by its path, text and tree.
    pub fn new(id: FileId, path: String, text: String, tree: Tree, on_disk: bool) -> Self {
        Self { id, path, text, tree: OnceLock::from(tree), on_disk, lines: OnceLock::new() }
    }

    fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| parse::again(self.id, &self.text))
    }

    /// The value that the text is, unless it could not be parsed.
    pub fn root(&self) -> Option<Node<'_>> {
        Node::new(self, 0)
    }

    /// Offsets of the first byte of each line.
    pub fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let starts =
                self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(starts.map(|at| u32::try_from(at).unwrap_or(u32::MAX))).collect()
        })
    }

    /// Line and column of a byte.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let after = self.lines().partition_point(|start| *start <= offset);
        let start = self.lines().get(after.saturating_sub(1)).copied().unwrap_or(0);
        // A byte order mark is no column.
        let mark = if start == 0 && self.text.starts_with('\u{feff}') { 3 } else { 0 };
        let column = offset.saturating_sub(start).saturating_sub(mark) + 1;
        LineColumn { line: u32::try_from(after.max(1)).unwrap_or(u32::MAX), column }
    }
}

/// All files that were read, in reading order: the entry document first. Files can be added while trees of others are
/// borrowed, so that references are followed where they are met.
#[derive(Debug)]
pub struct Sources {
    /// Boxed, as most stay empty.
    slots: Vec<OnceLock<Box<SourceFile>>>,
    count: AtomicUsize,
}

impl Default for Sources {
    fn default() -> Self {
        Self { slots: (0..MAX_FILES).map(|_| OnceLock::new()).collect(), count: AtomicUsize::new(0) }
    }
}

impl Sources {
    /// The id that the next file will have.
    fn next_id(&self) -> Option<FileId> {
        let count = self.count.load(Ordering::Acquire);
        u32::try_from(count).ok().filter(|_| count < MAX_FILES).map(FileId)
    }

    /// Adds the file with [`Sources::next_id`].
    fn set(&self, id: FileId, file: SourceFile) {
        if let Some(slot) = self.slots.get(id.0 as usize)
            && slot.set(Box::new(file)).is_ok()
        {
            self.count.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// Adds a file that holds no API description, so that findings can point into it.
    pub fn add_text(&self, path: String, text: String) -> Span {
        let Some(id) = self.next_id() else { return Span::NONE };
        let whole = Span::new(id, 0, text.len());
        self.set(id, SourceFile::new(id, path, text, Tree::default(), true));
        whole
    }

    /// Frees the trees, which are large, and seldom needed once a contract is read.
    pub(crate) fn forget_trees(&mut self) {
        for file in self.slots.iter_mut().map_while(OnceLock::get_mut) {
            if !file.tree().is_empty() {
                file.tree = OnceLock::new();
            }
        }
    }

    /// The file, if there is one with this id.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.slots.get(id.0 as usize)?.get().map(Box::as_ref)
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(self.slots.iter().map_while(OnceLock::get).map(Box::as_ref))
    }

    /// The paths of the files on disk, the entry document first: what a build has to watch.
    pub fn inputs(&self) -> impl Iterator<Item = PathBuf> {
        self.iter().filter(|(_, file)| file.on_disk).map(|(_, file)| PathBuf::from(&file.path))
    }

    /// The text of a file; empty if there is none.
    pub fn text(&self, id: FileId) -> &str {
        self.get(id).map_or("", |file| &file.text)
    }

    /// The path of a file as the user would write it; empty if there is none.
    pub fn path(&self, id: FileId) -> &str {
        self.get(id).map_or("", |file| &file.path)
    }

    /// The tree of a file.
    pub fn root(&self, id: FileId) -> Option<Node<'_>> {
        self.get(id)?.root()
    }

    /// The node with this id.
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        Node::new(self.get(id.file())?, id.index())
    }

    /// Where a span begins.
    pub fn line_column(&self, span: Span) -> Option<LineColumn> {
        Some(self.get(span.file)?.line_column(span.start))
    }

    /// The JSON pointer (RFC 6901) of the innermost value that holds the span.
    pub fn pointer(&self, span: Span) -> Option<String> {
        let mut pointer = String::new();
        self.descend(span, |step| match step {
            Step::Member(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Step::Item(index) => pointer.push_str(&format!("/{index}")),
        })?;
        Some(pointer)
    }

    /// Where a member of the object at `object` stands, key and value; the object itself where there is no such member.
    pub fn member(&self, object: Span, name: &str) -> Span {
        let found = self.object(object).and_then(|node| node.member(name));
        found.map_or(object, |member| Span { end: member.value.span().end, ..member.name_span })
    }

    /// Where the value of a member of the object at `object` stands; the object itself where there is no such member.
    pub fn value(&self, object: Span, name: &str) -> Span {
        let found = self.object(object).and_then(|node| node.member(name));
        found.map_or(object, |member| member.value.span())
    }

    /// Where the key of a member of the object at `object` stands; the object itself where there is no such member.
    pub fn key(&self, object: Span, name: &str) -> Span {
        let found = self.object(object).and_then(|node| node.member(name));
        found.map_or(object, |member| member.name_span)
    }

    /// The object that stands somewhere.
    fn object(&self, span: Span) -> Option<Node<'_>> {
        let file = self.get(span.file)?;
        let found = file.tree().object(span.start, span.end).and_then(|at| Node::new(file, at));
        found.or_else(|| self.descend(span, |_| ()))
    }

    /// The innermost value that holds the span, and the way there.
    fn descend<'a>(&'a self, span: Span, mut step: impl FnMut(Step<'a>)) -> Option<Node<'a>> {
        let mut node = self.root(span.file)?;
        while node.span() != span {
            let holds =
                |member: &Member<'_>| member.name_span.contains(span) || member.value.span().contains(span);
            if let Some(member) = node.members().find(holds) {
                step(Step::Member(member.name));
                node = member.value;
                continue;
            }
            let Some((index, item)) = node.items().enumerate().find(|(_, item)| item.span().contains(span))
            else {
                break;
            };
            step(Step::Item(index));
            node = item;
        }
        Some(node)
    }
}

/// A step from a value to one inside of it.
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}
