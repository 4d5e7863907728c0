//! What is compared with what.

/// Ways to do the same thing.
#[derive(Clone)]
pub struct Contest {
    /// Says what is done.
    pub name: &'static str,
    /// Whose time counts.
    pub meter: Meter,
    /// Makes everything ready.
    pub sides: fn() -> Vec<Side>,
}

/// Whose time and instructions count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Meter {
    /// Those of the thread that runs the side.
    Own,
    /// Those of all other threads: the side only sends requests, the work is done elsewhere.
    Others,
    /// Those of all threads: of both ends of a socket.
    All,
}

/// One way.
pub struct Side {
    /// Whose way it is.
    pub way: Way,
    /// Does it so many times.
    pub run: Box<dyn FnMut(u64)>,
}

/// Whose way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Code generated from the contract.
    Generated,
    /// What one would write by hand, without checks. The measure of the others.
    ByHand,
    /// `serde_json::Value`, a compiled `jsonschema` validator, then `from_value`.
    Rivals,
}

impl Way {
    /// The name of the way, as the command line of the counted process has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::ByHand => "by-hand",
            Self::Rivals => "rivals",
        }
    }
}

impl Side {
    /// A way, done once a call.
    pub fn new(way: Way, mut once: impl FnMut() + 'static) -> Self {
        Self { way, run: Box::new(move |count| (0..count).for_each(|_| once())) }
    }
}
