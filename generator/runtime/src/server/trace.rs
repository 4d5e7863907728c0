//! [`TraceParent`]: where a request stands in a trace (W3C Trace Context).

use std::fmt;

use crate::random::random;

/// A `traceparent`: which trace a request belongs to, and which step of it called.
///
/// A handler gets it by `request.context.trace()` and passes [`TraceParent::child`] on to those whom it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceParent {
    trace: u128,
    parent: u64,
    sampled: bool,
}

/// The length of version 00; later versions may append to it.
const LENGTH: usize = 55;

impl TraceParent {
    /// Reads the value of a `traceparent` header: hexadecimal digits in lower case only, no version `ff`, no id of
    /// zeros. Of versions to come the four known fields are read. `None` means that the trace has to begin anew.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (known, rest) = text.split_at_checked(LENGTH)?;
        let mut fields = known.split('-');
        let version = hexadecimal(fields.next()?, 2)?;
        let trace = hexadecimal(fields.next()?, 32)?;
        let parent = hexadecimal(fields.next()?, 16)?;
        let flags = hexadecimal(fields.next()?, 2)?;
        let fits = match version {
            0xFF => false,
            0 => rest.is_empty(),
            _ => rest.is_empty() || rest.starts_with('-'),
        };
        let parent = u64::try_from(parent).ok()?;
        (fits && trace != 0 && parent != 0).then_some(Self { trace, parent, sampled: flags & 1 == 1 })
    }

    /// The beginning of a trace, which nobody has decided to record yet.
    #[must_use]
    pub fn begin() -> Self {
        let trace = u128::from(random()) << 64 | u128::from(random());
        Self { trace: trace.max(1), parent: random().max(1), sampled: false }
    }

    /// The next step of the same trace.
    #[must_use]
    pub fn child(self) -> Self {
        Self { parent: random().max(1), ..self }
    }

    /// The id of the trace, 32 digits.
    #[must_use]
    pub fn trace_id(self) -> String {
        format!("{:032x}", self.trace)
    }

    /// The id of the step that called, 16 digits.
    #[must_use]
    pub fn parent_id(self) -> String {
        format!("{:016x}", self.parent)
    }

    /// Whether the caller may have recorded the trace.
    #[must_use]
    pub fn is_sampled(self) -> bool {
        self.sampled
    }
}

/// The value of the header, in version 00.
impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace, self.parent, u8::from(self.sampled))
    }
}

fn hexadecimal(text: &str, digits: usize) -> Option<u128> {
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (plain && text.len() == digits).then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    const PARENT: &str = "b7ad6b7169203331";

    #[test]
    fn what_is_valid_is_read() {
        let read =
            |version: &str, rest: &str| TraceParent::parse(&format!("{version}-{TRACE}-{PARENT}-{rest}"));
        let trace = read("00", "01").unwrap();
        assert_eq!(
            (trace.trace_id(), trace.parent_id(), trace.is_sampled()),
            (TRACE.into(), PARENT.into(), true)
        );
        assert_eq!(trace.to_string(), format!("00-{TRACE}-{PARENT}-01"));
        for (version, rest, sampled) in [
            ("00", "00", false),
            ("00", "03", true),
            ("00", "fe", false),
            ("01", "01", true),
            ("cc", "01-more", true),
        ] {
            assert_eq!(read(version, rest).map(TraceParent::is_sampled), Some(sampled), "{version} {rest}");
        }
        for (version, rest) in [
            ("ff", "01"),
            ("00", "01-more"),
            ("00", "01 "),
            ("00", "1"),
            ("00", "0A"),
            ("0A", "01"),
            ("01", "01x"),
            ("0", "011"),
        ] {
            assert_eq!(read(version, rest), None, "{version} {rest}");
        }
    }

    #[test]
    fn ids_are_lower_case_and_not_zero() {
        let read = |trace: &str, parent: &str| TraceParent::parse(&format!("00-{trace}-{parent}-01"));
        assert_eq!(read(&"0".repeat(32), PARENT), None);
        assert_eq!(read(TRACE, &"0".repeat(16)), None);
        assert_eq!(read(&TRACE.to_uppercase(), PARENT), None);
        assert_eq!(read(&TRACE.replacen('0', "+", 1), PARENT), None);
        assert_eq!(read(&TRACE.replacen("0a", "é", 1), PARENT), None);
        assert_eq!(TraceParent::parse(""), None);
    }

    #[test]
    fn a_child_stays_in_its_trace() {
        let (first, other) = (TraceParent::begin(), TraceParent::begin());
        assert_ne!(first.trace_id(), other.trace_id());
        assert_eq!(first.child().trace_id(), first.trace_id());
        assert_ne!(first.child().parent_id(), first.parent_id());
        assert_eq!(TraceParent::parse(&first.to_string()), Some(first));
    }
}
