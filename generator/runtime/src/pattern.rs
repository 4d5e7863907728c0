//! `pattern` and `patternProperties`: unanchored searches with ECMA-262 regular expressions (JSON Schema Core 2020-12
//! section 6.4, Validation section 6.3.3), read with the `u` flag and, where only that flag refuses, without it.

use std::sync::OnceLock;

mod escape;
mod parse;
mod program;
mod property;
mod search;
mod sequence;
mod syntax;
#[cfg(test)]
mod tests;
mod translate;

use program::Program;
use sequence::Sequence;
use syntax::Node;

/// How many steps a search with look-around or back references may take at once, and how many more for each byte of the
/// text. Ordinary patterns need two or three a byte; whoever gives more steps says how many.
const STEPS: u64 = 1000;
const STEPS_PER_BYTE: u64 = 16;
/// How large a compiled automaton may be, in bytes.
const SIZE_LIMIT: usize = 1 << 25;

/// Why a text is not a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset into the pattern.
    pub offset: usize,
    /// What is wrong there.
    pub message: String,
    /// Whether ECMA-262 Annex B allows it when the `u` flag is not set.
    pub annex_b: bool,
}

impl std::fmt::Display for PatternError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not an ECMA-262 regular expression: {} (at byte {})", self.message, self.offset)
    }
}

impl std::error::Error for PatternError {}

/// A pattern of generated code, compiled on first use.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Compiled>>,
}

impl Pattern {
    /// A pattern that the generator has found to compile.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The pattern as the contract has it.
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the pattern is found in the text. A pattern that does not compile matches nothing.
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Compiled::new(self.source).ok());
        compiled.as_ref().is_some_and(|compiled| compiled.is_match(text))
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Compiled {
    matcher: Matcher,
    legacy: Option<PatternError>,
}

#[derive(Clone, Debug)]
enum Matcher {
    /// Found anywhere in the text.
    Literal(String),
    Greedy(Sequence),
    Sequence(Sequence),
    Regex(regex::Regex),
    Program(Box<Program>),
}

impl Compiled {
    /// Compiles a pattern. What only Annex B allows is accepted and told by [`Compiled::legacy`].
    pub fn new(source: &str) -> Result<Self, PatternError> {
        let (tree, legacy) = match parse::parse(source, false) {
            Ok(tree) => (tree, None),
            Err(refused) => {
                let tree = parse::parse(source, true)?;
                (tree, Some(PatternError { annex_b: true, ..refused }))
            }
        };
        Ok(Self { matcher: Matcher::of(&tree)?, legacy })
    }

    /// Why the pattern is not one with the `u` flag, which JSON Schema recommends.
    pub fn legacy(&self) -> Option<&PatternError> {
        self.legacy.as_ref()
    }

    /// Whether the pattern is found in the text. A search that takes more than a few steps a byte counts as not found:
    /// who wants to be sure that it is not asks [`Compiled::search`].
    pub fn is_match(&self, text: &str) -> bool {
        let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.search(text, &mut bytes.saturating_mul(STEPS_PER_BYTE).saturating_add(STEPS)).unwrap_or(false)
    }

    /// Whether a search can take more than linear time, and so costs steps.
    pub(crate) fn takes_steps(&self) -> bool {
        matches!(self.matcher, Matcher::Program(_))
    }

    /// Whether the pattern is found in the text, in so many steps at most; nothing where they do not suffice. What is
    /// left of them is left in `steps`. Only look-around, `\B` and back references cost any; all else takes linear time.
    pub fn search(&self, text: &str, steps: &mut u64) -> Option<bool> {
        match &self.matcher {
            Matcher::Literal(literal) => Some(text.contains(literal.as_str())),
            Matcher::Greedy(sequence) => Some(sequence.matches_greedily(text)),
            Matcher::Sequence(sequence) => Some(sequence.matches(text)),
            Matcher::Regex(regex) => Some(regex.is_match(text)),
            Matcher::Program(program) => search::search(program, text, steps).ok(),
        }
    }
}

/// Checks that a text is a pattern with the `u` flag, without compiling it: the format `regex`.
pub(crate) fn check(source: &str) -> Result<(), PatternError> {
    parse::parse(source, false).map(drop)
}

impl Matcher {
    fn of(tree: &Node) -> Result<Self, PatternError> {
        let refused = |message: String| PatternError { offset: 0, message, annex_b: false };
        let sequence = Sequence::of(tree);
        if let Some(literal) = sequence.as_ref().and_then(Sequence::literal) {
            return Ok(Self::Literal(literal));
        }
        if let Some(sequence) = sequence.as_ref().filter(|sequence| sequence.is_greedy()) {
            return Ok(Self::Greedy(sequence.clone()));
        }
        if let Some(sequence) = sequence.filter(Sequence::is_large) {
            return Ok(Self::Sequence(sequence));
        }
        let Some(text) = translate::translate(tree) else {
            return Program::of(tree).map(|program| Self::Program(Box::new(program)));
        };
        match regex::RegexBuilder::new(&text).size_limit(SIZE_LIMIT).build() {
            Ok(regex) => Ok(Self::Regex(regex)),
            Err(regex::Error::CompiledTooBig(_)) => Err(refused("its counts are too large".to_owned())),
            Err(error) => Err(refused(format!("cannot be compiled: {error}"))),
        }
    }
}
