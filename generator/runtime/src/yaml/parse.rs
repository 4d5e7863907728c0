//! Reads YAML: `granit-parser`'s events become a tree, and where the parser stops at what can be mended, it is helped
//! and goes on.

use granit_parser::{ErrorKind, Parser, ScanError};

use super::node::{Failure, FailureKind, Limits, Node, Remark};
use super::patch::Patched;
use super::resume::{self, Seat};
use super::tree::{Builder, narrow};

/// Parses a text that holds one document; `None` if it is empty. Remarks come in their order, those before a failure
/// among them.
///
/// # Errors
/// If it is not YAML, or goes beyond the limits.
pub fn parse(text: &str, limits: Limits, remarks: &mut Vec<Remark>) -> Result<Option<Node>, Failure> {
    parse_patched(&mut Patched::new(text, limits.again), limits, remarks)
}

/// The same, with what reading took to look at.
pub(super) fn parse_patched(
    patched: &mut Patched<'_>,
    limits: Limits,
    remarks: &mut Vec<Remark>,
) -> Result<Option<Node>, Failure> {
    let text = patched.text();
    let directives = text.starts_with('%') || text.contains("\n%");
    let mut builder = Builder::new(limits);
    loop {
        let stop = match read(&mut builder, patched) {
            Ok(()) => {
                remarks.append(&mut builder.remarks);
                remarks.append(&mut patched.remarks);
                return Ok(builder.root);
            }
            Err(stop) => stop,
        };
        let resume = resume::point(&builder.stack).filter(|_| builder.plain && !directives);
        let failure = match stop {
            Stop::Failure(failure) => failure,
            Stop::Scan(error) if patched.mend(&error, resume.as_ref()) => {
                match resume {
                    Some(resume) => builder.step_back(&resume),
                    None => builder = Builder::new(limits),
                }
                continue;
            }
            Stop::Scan(error) => {
                // A tab that may not be there is reported behind it.
                let at = error.marker().byte_offset().unwrap_or_default();
                let before = patched.text().get(..at).unwrap_or_default();
                unread(&error, patched.place(before.trim_end_matches('\t').len()), limits)
            }
        };
        remarks.append(&mut builder.remarks);
        return Err(failure);
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

fn read(builder: &mut Builder, patched: &Patched<'_>) -> Result<(), Stop> {
    let options = granit_parser::options! { emit_comments: false };
    let text = patched.text();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(Stop::Scan)?;
        let range = span.byte_range().unwrap_or_default();
        if patched.is_lead(range.start) {
            continue;
        }
        let place = (narrow(patched.place(range.start)), narrow(patched.place(range.end)));
        builder.event(event, place, Seat::new(text, &span, range)).map_err(Stop::Failure)?;
    }
    Ok(())
}
