//! Patterns that are one sequence of classes with counts, such as `^[A-Z]{2}-\d{4}$` or `^.{0,262144}$`, matched
//! without a regex engine: most patterns of real contracts are of this kind, and a large count would make a huge
//! automaton.

use super::syntax::{Class, Node};

/// A set of code points with a short way for ASCII.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    ascii: u128,
    ranges: Box<[(u32, u32)]>,
}

impl Set {
    /// The set of a class; none where a property is part of it.
    pub fn of(class: &Class) -> Option<Self> {
        let ranges = class.flat()?;
        let ascii =
            (0..128u32).filter(|code| within(&ranges, *code)).fold(0, |set, code| set | 1u128 << code);
        Some(Self { ascii, ranges: ranges.into() })
    }

    pub fn contains(&self, character: char) -> bool {
        let code = u32::from(character);
        if code < 128 { self.ascii >> code & 1 == 1 } else { within(&self.ranges, code) }
    }

    fn meets(&self, other: &Self) -> bool {
        let apart = |a: &(u32, u32), b: &(u32, u32)| a.1 < b.0 || b.1 < a.0;
        self.ranges.iter().any(|a| other.ranges.iter().any(|b| !apart(a, b)))
    }

    fn single(&self) -> Option<char> {
        match *self.ranges {
            [(low, high)] if low == high => char::from_u32(low),
            _ => None,
        }
    }
}

fn within(ranges: &[(u32, u32)], code: u32) -> bool {
    let after = ranges.partition_point(|(_, high)| *high < code);
    ranges.get(after).is_some_and(|(low, _)| *low <= code)
}

#[derive(Clone, Debug)]
struct Item {
    set: Set,
    min: usize,
    max: usize,
}

/// A sequence, anchored or not.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    start: bool,
    end: bool,
    items: Vec<Item>,
}

impl Sequence {
    /// The tree as a sequence, if it is one.
    pub fn of(node: &Node) -> Option<Self> {
        let mut sequence = Self { start: false, end: false, items: Vec::new() };
        sequence.collect(node)?;
        if !sequence.start {
            sequence.items.reverse();
            sequence.shorten_edge();
            sequence.items.reverse();
        }
        if !sequence.end {
            sequence.shorten_edge();
        }
        Some(sequence)
    }

    fn collect(&mut self, node: &Node) -> Option<()> {
        match node {
            _ if self.end => None,
            Node::Start => {
                (!self.start && self.items.is_empty()).then_some(())?;
                self.start = true;
                Some(())
            }
            Node::End => {
                self.end = true;
                Some(())
            }
            Node::Sequence(parts) => parts.iter().try_for_each(|part| self.collect(part)),
            Node::Group(body) | Node::Capture(_, body) => self.collect(body),
            Node::Class(class) => self.push(class, 1, 1),
            Node::Repeat { body, min, max, .. } => {
                let max = max.map_or(usize::MAX, |max| max as usize);
                self.push(lone_class(body)?, *min as usize, max)
            }
            Node::Choice(_) | Node::Look { .. } | Node::Back(_) | Node::Word { .. } => None,
        }
    }

    fn push(&mut self, class: &Class, min: usize, max: usize) -> Option<()> {
        let set = Set::of(class)?;
        match self.items.last_mut() {
            Some(last) if last.set == set => {
                last.min = last.min.saturating_add(min);
                last.max = last.max.saturating_add(max);
            }
            _ => self.items.push(Item { set, min, max }),
        }
        Some(())
    }

    /// Where the pattern is open at its end, more than the least of the last item is never needed.
    fn shorten_edge(&mut self) {
        while let Some(last) = self.items.last_mut() {
            last.max = last.min;
            if last.min > 0 {
                break;
            }
            self.items.pop();
        }
    }

    /// The text to search for, if the sequence is an unanchored literal.
    pub fn literal(&self) -> Option<String> {
        if self.start || self.end {
            return None;
        }
        let short = self.items.iter().try_fold(0usize, |sum, item| sum.checked_add(item.min))? <= 256;
        let fixed = |item: &Item| (item.min == item.max).then_some(item.min);
        let parts = self.items.iter().map(|item| Some(item.set.single()?.to_string().repeat(fixed(item)?)));
        if short { parts.collect() } else { None }
    }

    /// Whether taking as much as possible of each item is always right, so that no choice needs to be revised.
    pub fn is_greedy(&self) -> bool {
        self.start
            && self.items.iter().enumerate().all(|(index, item)| {
                let following = self.items.iter().skip(index + 1);
                let needed = following.clone().take_while(|next| next.min == 0).count() + 1;
                item.min == item.max || !following.take(needed).any(|next| next.set.meets(&item.set))
            })
    }

    /// Whether its counts are so large that an automaton of it would be too.
    pub fn is_large(&self) -> bool {
        let count = |item: &Item| if item.max == usize::MAX { item.min } else { item.max };
        self.items.iter().map(count).fold(0, usize::saturating_add) > 1000
    }

    /// Matches a sequence for which [`Sequence::is_greedy`] holds.
    pub fn matches_greedily(&self, text: &str) -> bool {
        let mut rest = text;
        for item in &self.items {
            let mut count = 0;
            while count < item.max {
                let length = match rest.as_bytes().first() {
                    Some(byte) if byte.is_ascii() => usize::from(item.set.ascii >> byte & 1 == 1),
                    _ => match rest.chars().next() {
                        Some(character) if item.set.contains(character) => character.len_utf8(),
                        _ => 0,
                    },
                };
                match rest.get(length..) {
                    Some(after) if length > 0 => rest = after,
                    _ => break,
                }
                count += 1;
            }
            if count < item.min {
                return false;
            }
        }
        !self.end || rest.is_empty()
    }

    /// Matches any sequence in time proportional to the text and to the number of items, whatever the counts are:
    /// each item turns the set of positions reached so far into the next one.
    pub fn matches(&self, text: &str) -> bool {
        let characters: Vec<char> = text.chars().collect();
        let length = characters.len();
        let mut reached: Vec<bool> = (0..=length).map(|at| at == 0 || !self.start).collect();
        for item in &self.items {
            reached = item.advance(&characters, &reached);
        }
        if self.end { reached.last().copied().unwrap_or(false) } else { reached.contains(&true) }
    }
}

impl Item {
    /// The positions where this item can end when it starts at one of `reached`.
    fn advance(&self, characters: &[char], reached: &[bool]) -> Vec<bool> {
        let mut sum = 0usize;
        // before[i]: how many of the first i positions are reached
        let before: Vec<usize> = std::iter::once(0)
            .chain(reached.iter().map(|reached| {
                sum += usize::from(*reached);
                sum
            }))
            .collect();
        let mut run_start = 0;
        (0..reached.len())
            .map(|end| {
                let last = end.checked_sub(1).and_then(|last| characters.get(last));
                if last.is_some_and(|character| !self.set.contains(*character)) {
                    run_start = end;
                }
                let from = run_start.max(end.saturating_sub(self.max));
                let Some(to) = end.checked_sub(self.min).filter(|to| *to >= from) else { return false };
                before.get(to + 1) > before.get(from)
            })
            .collect()
    }
}

fn lone_class(node: &Node) -> Option<&Class> {
    match node {
        Node::Class(class) => Some(class),
        Node::Group(body) | Node::Capture(_, body) => lone_class(body),
        Node::Sequence(parts) => match parts.as_slice() {
            [only] => lone_class(only),
            _ => None,
        },
        _ => None,
    }
}
