//! Patterns with look-around or back references as a program for [`super::search`], which tries the alternatives one
//! after the other as ECMA-262 section 22.2.2 describes it.

use super::PatternError;
use super::sequence::Set;
use super::syntax::{Class, Node};
use super::translate;

/// One step of a program.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Takes one code point of a class.
    Take(usize),
    /// Takes as many code points of a class as there are, within bounds, and gives them back one by one.
    Run {
        class: usize,
        min: usize,
        max: usize,
    },
    Start,
    End,
    /// `\b`, or `\B` when negated
    Word {
        negated: bool,
    },
    /// Goes on with the next step, and if that fails, there.
    Else(usize),
    Jump(usize),
    /// Notes the position in a register.
    Save(usize),
    /// Sets a register to zero.
    Zero(usize),
    /// Whether a repetition goes in once more or leaves; the step after this one goes in.
    Again {
        count: usize,
        min: usize,
        max: usize,
        lazy: bool,
        exit: usize,
    },
    /// Goes in: counts, notes the position, forgets the captures inside (section 22.2.2.3.1, RepeatMatcher).
    Enter {
        count: usize,
        captures: (usize, usize),
    },
    /// The end of one time: back to the decision, unless nothing was taken that need not have been.
    Next {
        count: usize,
        min: usize,
        again: usize,
    },
    /// The text of a group.
    Back(usize),
    /// Look-around: its steps follow up to a `Done`; the pattern goes on at `exit`.
    Look {
        negated: bool,
        exit: usize,
    },
    /// The end of the program, or of a look-around.
    Done,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// Each with whether it reads backwards.
    pub steps: Vec<(Step, bool)>,
    pub classes: Vec<CodePoints>,
    pub registers: usize,
    /// Whether it can only match at the beginning of a text.
    pub anchored: bool,
}

/// A set of code points; those that Unicode properties describe are left to the `regex` crate.
#[derive(Clone, Debug)]
pub(super) enum CodePoints {
    Set(Set),
    Property(regex::Regex),
}

impl CodePoints {
    fn of(class: &Class) -> Result<Self, PatternError> {
        if let Some(set) = Set::of(class) {
            return Ok(Self::Set(set));
        }
        let built = regex::Regex::new(&translate::class(class));
        built.map(Self::Property).map_err(|error| PatternError {
            offset: 0,
            message: format!("cannot be compiled: {error}"),
            annex_b: false,
        })
    }

    pub fn contains(&self, character: char) -> bool {
        match self {
            Self::Set(set) => set.contains(character),
            Self::Property(regex) => regex.is_match(character.encode_utf8(&mut [0; 4])),
        }
    }
}

impl Program {
    /// Compiles a tree.
    pub fn of(tree: &Node) -> Result<Self, PatternError> {
        let groups = captures(tree).map_or(0, |(_, last)| last + 1);
        let program = Self {
            steps: Vec::new(),
            classes: Vec::new(),
            registers: 2 * groups,
            anchored: is_anchored(tree),
        };
        let mut compiler = Compiler { program, backwards: false };
        compiler.node(tree)?;
        compiler.push(Step::Done);
        Ok(compiler.program)
    }
}

/// The numbers of the first and the last group of a tree.
fn captures(node: &Node) -> Option<(usize, usize)> {
    let join = |a: Option<(usize, usize)>, b: Option<(usize, usize)>| match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    };
    match node {
        Node::Capture(number, body) => {
            let number = *number as usize;
            join(Some((number, number)), captures(body))
        }
        Node::Group(body) | Node::Look { body, .. } | Node::Repeat { body, .. } => captures(body),
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().map(captures).fold(None, join),
        // A group may be referred to that is opened later; its registers are there all the same.
        Node::Class(_) | Node::Start | Node::End | Node::Word { .. } | Node::Back(_) => None,
    }
}

fn is_anchored(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Sequence(parts) => parts.first().is_some_and(is_anchored),
        Node::Choice(parts) => parts.iter().all(is_anchored),
        Node::Group(body) | Node::Capture(_, body) => is_anchored(body),
        _ => false,
    }
}

struct Compiler {
    program: Program,
    backwards: bool,
}

impl Compiler {
    /// Adds a step; the place of it.
    fn push(&mut self, step: Step) -> usize {
        self.program.steps.push((step, self.backwards));
        self.program.steps.len() - 1
    }

    fn here(&self) -> usize {
        self.program.steps.len()
    }

    fn set(&mut self, at: usize, step: Step) {
        if let Some(slot) = self.program.steps.get_mut(at) {
            slot.0 = step;
        }
    }

    fn register(&mut self) -> usize {
        self.program.registers += 1;
        self.program.registers - 1
    }

    fn node(&mut self, node: &Node) -> Result<(), PatternError> {
        match node {
            Node::Class(class) => {
                let class = self.class(class)?;
                self.push(Step::Take(class));
            }
            Node::Start => drop(self.push(Step::Start)),
            Node::End => drop(self.push(Step::End)),
            Node::Word { negated } => drop(self.push(Step::Word { negated: *negated })),
            Node::Back(number) => drop(self.push(Step::Back(*number as usize))),
            Node::Group(body) => self.node(body)?,
            Node::Sequence(parts) if self.backwards => {
                parts.iter().rev().try_for_each(|part| self.node(part))?;
            }
            Node::Sequence(parts) => parts.iter().try_for_each(|part| self.node(part))?,
            Node::Choice(parts) => self.choice(parts)?,
            Node::Capture(number, body) => {
                let (first, last) = (2 * *number as usize, 2 * *number as usize + 1);
                let (before, after) = if self.backwards { (last, first) } else { (first, last) };
                self.push(Step::Save(before));
                self.node(body)?;
                self.push(Step::Save(after));
            }
            Node::Look { behind, negated, body } => self.look(*behind, *negated, body)?,
            Node::Repeat { body, min, max, lazy } => self.repeat(body, *min, *max, *lazy)?,
        }
        Ok(())
    }

    fn class(&mut self, class: &Class) -> Result<usize, PatternError> {
        self.program.classes.push(CodePoints::of(class)?);
        Ok(self.program.classes.len() - 1)
    }

    fn choice(&mut self, parts: &[Node]) -> Result<(), PatternError> {
        let mut ends = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let last = index + 1 == parts.len();
            let split = (!last).then(|| self.push(Step::Else(0)));
            self.node(part)?;
            if let Some(split) = split {
                ends.push(self.push(Step::Jump(0)));
                self.set(split, Step::Else(self.here()));
            }
        }
        for end in ends {
            self.set(end, Step::Jump(self.here()));
        }
        Ok(())
    }

    fn look(&mut self, behind: bool, negated: bool, body: &Node) -> Result<(), PatternError> {
        let look = self.push(Step::Look { negated, exit: 0 });
        let before = std::mem::replace(&mut self.backwards, behind);
        self.node(body)?;
        self.push(Step::Done);
        self.backwards = before;
        self.set(look, Step::Look { negated, exit: self.here() });
        Ok(())
    }

    fn repeat(&mut self, body: &Node, min: u32, max: Option<u32>, lazy: bool) -> Result<(), PatternError> {
        let (min, max) = (min as usize, max.map_or(usize::MAX, |max| max as usize));
        if let (Node::Class(class), false, false) = (body, lazy, self.backwards) {
            let class = self.class(class)?;
            self.push(Step::Run { class, min, max });
            return Ok(());
        }
        // The place where a time began is noted in the register after the count.
        let count = self.register();
        self.register();
        self.push(Step::Zero(count));
        let again = self.push(Step::Done);
        let captures = captures(body).map_or((0, 0), |(first, last)| (2 * first, 2 * last + 2));
        self.push(Step::Enter { count, captures });
        self.node(body)?;
        self.push(Step::Next { count, min, again });
        self.set(again, Step::Again { count, min, max, lazy, exit: self.here() });
        Ok(())
    }
}
