//! How `check` words what it found.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use similar::TextDiff;

use crate::output::{Drift, Finding};

/// So many lines of one file are shown; nobody reads more in a log.
const LINES: usize = 200;

/// A unified diff from what is on disk to what would be generated.
pub(super) fn diff(finding: &Finding) -> String {
    let path = finding.path().display().to_string().replace('\\', "/");
    let (old, new) = match finding {
        Finding::Missing { .. } => ("/dev/null".to_owned(), format!("b/{path}")),
        Finding::Changed { .. } => (format!("a/{path}"), format!("b/{path}")),
        Finding::Stale { .. } => (format!("a/{path}"), "/dev/null".to_owned()),
    };
    let (found, fresh) = finding.texts();
    let diff = TextDiff::configure().timeout(Duration::from_secs(5)).diff_lines(found, fresh);
    let text = diff.unified_diff().header(&old, &new).to_string();
    shortened(&text)
}

/// One line that sums the findings up.
pub(super) fn message(drift: &Drift, folder: &Path) -> String {
    let count = |kind| drift.findings.iter().filter(|finding| finding.kind() == kind).count();
    let kinds = ["missing", "changed", "stale"].map(|kind| (count(kind), kind));
    let kinds: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
    format!("`{}` is not what the contract generates: {}", folder.display(), kinds.join(", "))
}

/// The command that brings the folder up to date: what was typed, with `generate` for `check`.
pub(super) fn fixing_command(typed: &[OsString]) -> String {
    let arguments = typed.iter().skip(2).map(|argument| quoted(&argument.to_string_lossy()));
    let command = ["counterpart".to_owned(), "generate".to_owned()].into_iter().chain(arguments);
    command.collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    let count = text.lines().count();
    if count <= LINES {
        return text.to_owned();
    }
    let shown: Vec<&str> = text.lines().take(LINES).collect();
    format!("{}\n… {} more lines\n", shown.join("\n"), count - LINES)
}

/// As a shell reads it.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@%+,".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fix_is_what_was_typed() {
        let typed = ["/bin/counterpart", "check", "a b.yaml", "--out", "src/api", "it's"].map(OsString::from);
        assert_eq!(fixing_command(&typed), r"counterpart generate 'a b.yaml' --out src/api 'it'\''s'");
    }

    #[test]
    fn a_missing_file_is_a_diff_from_nothing() {
        let diff = diff(&Finding::Missing { path: "api/mod.rs".into(), fresh: "a\n".to_owned() });
        assert_eq!(diff, "--- /dev/null\n+++ b/api/mod.rs\n@@ -0,0 +1 @@\n+a\n");
    }

    #[test]
    fn a_long_diff_is_cut() {
        let fresh = (0..1000).map(|line| format!("{line}\n")).collect();
        let diff = diff(&Finding::Missing { path: "a".into(), fresh });
        assert_eq!(diff.lines().count(), LINES + 1);
        assert!(diff.ends_with("… 803 more lines\n"), "{diff}");
    }
}
