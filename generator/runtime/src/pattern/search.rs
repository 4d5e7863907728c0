//! Runs a [`Program`]. Every step is counted, so that what a text costs does not depend on the machine, and no text can
//! cost more than it is allowed to.

use super::program::{Program, Step};
use super::syntax::WORD;

/// How many ways to go on may be kept at a time; it bounds the memory of a search.
const STACK: usize = 1 << 20;
/// The value of a register in which nothing is noted.
const UNSET: usize = usize::MAX;

/// A search took all the steps that it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

/// Whether the program matches anywhere in the text; the steps are taken from `budget`.
pub(super) fn search(program: &Program, text: &str, budget: &mut u64) -> Result<bool, Exhausted> {
    let registers = vec![UNSET; program.registers];
    let mut search = Search { program, text, budget, registers, stack: Vec::new() };
    let mut at = 0;
    loop {
        if search.run(0, at)?.is_some() {
            return Ok(true);
        }
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(character) if !program.anchored => at += character.len_utf8(),
            _ => return Ok(false),
        }
    }
}

struct Search<'a> {
    program: &'a Program,
    text: &'a str,
    budget: &'a mut u64,
    registers: Vec<usize>,
    stack: Vec<Frame>,
}

/// What to do when a way leads nowhere, the last one first.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// Go on from there.
    Branch { step: usize, at: usize },
    /// Go on from there with one code point less, as long as that is not before `low`.
    Shorter { step: usize, low: usize, high: usize },
    /// Put back what a register held.
    Restore { register: usize, value: usize },
}

/// Where to go on; `None` to try another way.
type Way = Option<(usize, usize)>;

impl Search<'_> {
    /// Runs from a step at a position to a `Done`; the position there. Ways that were not tried stay on the stack.
    fn run(&mut self, step: usize, at: usize) -> Result<Option<usize>, Exhausted> {
        let floor = self.stack.len();
        let (mut step, mut at) = (step, at);
        loop {
            self.spend(1)?;
            let Some((now, backwards)) = self.program.steps.get(step) else { return Ok(None) };
            if matches!(now, Step::Done) {
                return Ok(Some(at));
            }
            match self.step(now, *backwards, step, at)? {
                Some(next) => (step, at) = next,
                None => match self.another(floor) {
                    Some(next) => (step, at) = next,
                    None => return Ok(None),
                },
            }
        }
    }

    fn spend(&mut self, steps: u64) -> Result<(), Exhausted> {
        *self.budget = self.budget.checked_sub(steps).ok_or(Exhausted)?;
        if self.stack.len() > STACK { Err(Exhausted) } else { Ok(()) }
    }

    fn step(&mut self, now: &Step, backwards: bool, step: usize, at: usize) -> Result<Way, Exhausted> {
        let next = step + 1;
        let goes_on = |holds: bool| holds.then_some((next, at));
        Ok(match now {
            Step::Take(class) => self.take(*class, backwards, at).map(|at| (next, at)),
            Step::Run { class, min, max } => return self.take_all(*class, *min, *max, next, at),
            Step::Start => goes_on(at == 0),
            Step::End => goes_on(at == self.text.len()),
            Step::Word { negated } => {
                goes_on((self.is_word(at, true) != self.is_word(at, false)) != *negated)
            }
            Step::Else(other) => {
                self.stack.push(Frame::Branch { step: *other, at });
                Some((next, at))
            }
            Step::Jump(to) => Some((*to, at)),
            Step::Save(register) => {
                self.set(*register, at);
                Some((next, at))
            }
            Step::Zero(register) => {
                self.set(*register, 0);
                Some((next, at))
            }
            Step::Again { count, min, max, lazy, exit } => {
                let times = self.get(*count);
                let (first, second) = if *lazy { (*exit, next) } else { (next, *exit) };
                if times >= *max {
                    Some((*exit, at))
                } else if times < *min {
                    Some((next, at))
                } else {
                    self.stack.push(Frame::Branch { step: second, at });
                    Some((first, at))
                }
            }
            Step::Enter { count, captures } => {
                self.set(*count, self.get(*count).saturating_add(1));
                self.set(count + 1, at);
                for register in captures.0..captures.1 {
                    self.set(register, UNSET);
                }
                Some((next, at))
            }
            Step::Next { count, min, again } => {
                let idle = self.get(*count) > *min && self.get(count + 1) == at;
                (!idle).then_some((*again, at))
            }
            Step::Back(group) => return self.back(*group, backwards, at).map(|at| at.map(|at| (next, at))),
            Step::Look { negated, exit } => return self.look(next, *negated, *exit, at),
            Step::Done => None,
        })
    }

    /// The last way that was not tried, above a height of the stack.
    fn another(&mut self, floor: usize) -> Way {
        while self.stack.len() > floor {
            match self.stack.pop()? {
                Frame::Branch { step, at } => return Some((step, at)),
                Frame::Shorter { step, low, high } => {
                    let Some(last) = self.text.get(low..high).and_then(|run| run.chars().next_back()) else {
                        continue;
                    };
                    let high = high - last.len_utf8();
                    self.stack.push(Frame::Shorter { step, low, high });
                    return Some((step, high));
                }
                Frame::Restore { register, value } => self.put(register, value),
            }
        }
        None
    }

    fn get(&self, register: usize) -> usize {
        self.registers.get(register).copied().unwrap_or(UNSET)
    }

    fn put(&mut self, register: usize, value: usize) {
        if let Some(slot) = self.registers.get_mut(register) {
            *slot = value;
        }
    }

    /// Sets a register until another way is tried.
    fn set(&mut self, register: usize, value: usize) {
        let before = self.get(register);
        if before != value {
            self.stack.push(Frame::Restore { register, value: before });
            self.put(register, value);
        }
    }

    /// The code point before or after a position.
    fn neighbour(&self, at: usize, backwards: bool) -> Option<char> {
        if backwards { self.text.get(..at)?.chars().next_back() } else { self.text.get(at..)?.chars().next() }
    }

    fn is_word(&self, at: usize, backwards: bool) -> bool {
        let word =
            |character: char| WORD.iter().any(|(low, high)| (*low..=*high).contains(&u32::from(character)));
        self.neighbour(at, backwards).is_some_and(word)
    }

    fn take(&self, class: usize, backwards: bool, at: usize) -> Option<usize> {
        let character = self.neighbour(at, backwards)?;
        let holds = self.program.classes.get(class)?.contains(character);
        let length = character.len_utf8();
        holds.then(|| if backwards { at - length } else { at + length })
    }

    fn take_all(
        &mut self,
        class: usize,
        min: usize,
        max: usize,
        next: usize,
        at: usize,
    ) -> Result<Way, Exhausted> {
        let (mut end, mut least, mut count) = (at, at, 0);
        while count < max
            && let Some(after) = self.take(class, false, end)
        {
            self.spend(1)?;
            end = after;
            count += 1;
            if count == min {
                least = end;
            }
        }
        if count < min {
            return Ok(None);
        }
        if end > least {
            self.stack.push(Frame::Shorter { step: next, low: least, high: end });
        }
        Ok(Some((next, end)))
    }

    /// A back reference; a group that took no part in the match is the empty text.
    fn back(&mut self, group: usize, backwards: bool, at: usize) -> Result<Option<usize>, Exhausted> {
        let (start, end) = (self.get(2 * group), self.get(2 * group + 1));
        let Some(wanted) = self.text.get(start..end) else { return Ok(Some(at)) };
        self.spend(wanted.len() as u64)?;
        Ok(if backwards {
            self.text.get(..at).filter(|before| before.ends_with(wanted)).map(|_| at - wanted.len())
        } else {
            self.text.get(at..).filter(|after| after.starts_with(wanted)).map(|_| at + wanted.len())
        })
    }

    /// Look-around: once it has matched, no other way through it is tried.
    fn look(&mut self, body: usize, negated: bool, exit: usize, at: usize) -> Result<Way, Exhausted> {
        let floor = self.stack.len();
        let found = self.run(body, at)?.is_some();
        if found && !negated {
            let kept = self.stack.split_off(floor);
            self.stack.extend(kept.into_iter().filter(|frame| matches!(frame, Frame::Restore { .. })));
        } else if found {
            while self.stack.len() > floor {
                if let Some(Frame::Restore { register, value }) = self.stack.pop() {
                    self.put(register, value);
                }
            }
        }
        Ok((found != negated).then_some((exit, at)))
    }
}
