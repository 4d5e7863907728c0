//! The values of a file as one row of small entries in the order of its text. What can be read in the text is not kept
//! besides: a large document costs less than its text, not several times as much.

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    Null,
    True,
    False,
    /// A number as it stands in the text.
    Number,
    /// A number that the text spells differently.
    SpelledNumber,
    /// A string as it stands in the text.
    Plain,
    /// A string as it stands between two quotes.
    Quoted,
    /// A string that the text spells differently: with escapes, over several lines.
    Spelled,
    /// Behind it are its items.
    Array,
    /// Behind it are its members, each a key and a value.
    Object,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::Null,
        Self::True,
        Self::False,
        Self::Number,
        Self::SpelledNumber,
        Self::Plain,
        Self::Quoted,
        Self::Spelled,
        Self::Array,
        Self::Object,
    ];

    /// Whether this is a string, of whatever spelling; all keys are.
    pub fn is_string(self) -> bool {
        matches!(self, Self::Plain | Self::Quoted | Self::Spelled)
    }
}

/// A value or a key: twelve bytes, as there are many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Four bits of kind above the measure: of a collection, how many entries are inside; of what is spelled
    /// differently, its index.
    packed: u32,
}

const MEASURE_BITS: u32 = 28;

impl Entry {
    fn new(kind: Kind, start: usize, end: usize, measure: usize) -> Self {
        // Files are limited in size (`MAX_BYTES`), so nothing is cut off here.
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let measure = narrow(measure).min((1 << MEASURE_BITS) - 1);
        Self { start: narrow(start), end: narrow(end), packed: (kind as u32) << MEASURE_BITS | measure }
    }

    pub fn kind(self) -> Kind {
        Kind::ALL.get((self.packed >> MEASURE_BITS) as usize).copied().unwrap_or(Kind::Null)
    }

    fn measure(self) -> usize {
        (self.packed & ((1 << MEASURE_BITS) - 1)) as usize
    }

    /// How many entries the value takes up with all that is inside.
    pub fn extent(self) -> usize {
        if matches!(self.kind(), Kind::Array | Kind::Object) { self.measure() + 1 } else { 1 }
    }
}

/// The entries of a file; the root comes first. Empty where there is no value at all.
#[derive(Debug, Default)]
pub struct Tree {
    entries: Vec<Entry>,
    /// What the text spells differently.
    spelled: Vec<Box<str>>,
}

impl Tree {
    /// Whether there is no value.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry at an index.
    pub(super) fn entry(&self, at: usize) -> Option<Entry> {
        self.entries.get(at).copied()
    }

    /// The index behind the value at an index.
    pub(super) fn after(&self, at: usize) -> usize {
        at + self.entry(at).map_or(1, Entry::extent)
    }

    /// The indices behind the opening of a collection.
    pub(super) fn inside(&self, at: usize) -> std::ops::Range<usize> {
        at + 1..self.after(at)
    }

    /// The object that begins and ends at these bytes. Entries stand in the order of the text, but for those that YAML's
    /// aliases repeat: among such it may not be found.
    pub(super) fn object(&self, start: u32, end: u32) -> Option<usize> {
        let first = self.entries.partition_point(|entry| entry.start < start);
        let is = |entry: &Entry| entry.end == end && entry.kind() == Kind::Object;
        let same = self.entries.iter().skip(first).take_while(|entry| entry.start == start);
        same.enumerate().find(|(_, entry)| is(entry)).map(|(index, _)| first + index)
    }

    /// The string or number of an entry of this tree; empty for others.
    pub(super) fn str<'t>(&'t self, text: &'t str, entry: Entry) -> &'t str {
        let (start, end) = (entry.start as usize, entry.end as usize);
        let found = match entry.kind() {
            Kind::Number | Kind::Plain => text.get(start..end),
            Kind::Quoted => text.get(start + 1..end - 1),
            Kind::Spelled | Kind::SpelledNumber => self.spelled.get(entry.measure()).map(|text| &**text),
            Kind::Null | Kind::True | Kind::False | Kind::Array | Kind::Object => None,
        };
        found.unwrap_or_default()
    }

    /// Adds a value that is no collection and is what stands in the text.
    pub(super) fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.entries.push(Entry::new(kind, start, end, 0));
    }

    /// Adds a string or number that the text spells differently.
    pub(super) fn push_spelled(&mut self, kind: Kind, value: &str, start: usize, end: usize) {
        self.entries.push(Entry::new(kind, start, end, self.spelled.len()));
        self.spelled.push(value.into());
    }

    /// Begins a collection; what is added until it is closed is inside of it.
    pub(super) fn open(&mut self, start: usize) -> usize {
        self.push(Kind::Array, start, start);
        self.entries.len() - 1
    }

    /// Ends the collection that was begun at an index.
    pub(super) fn close(&mut self, at: usize, kind: Kind, end: usize) {
        let inside = self.entries.len() - at - 1;
        if let Some(entry) = self.entries.get_mut(at) {
            *entry = Entry::new(kind, entry.start as usize, end, inside);
        }
    }

    /// Gives back the room that is not needed.
    pub(super) fn finish(mut self) -> Self {
        self.entries.shrink_to_fit();
        self.spelled.shrink_to_fit();
        self
    }
}
