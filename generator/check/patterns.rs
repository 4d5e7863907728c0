//! Patterns are ECMA-262 regular expressions (JSON Schema Core, section 6.4), compiled here so that they cannot fail later.

use std::collections::BTreeMap;

use counterpart_runtime::pattern::{Compiled, PatternError};

use super::Check;
use crate::contract::{Contract, Keywords, Schema, SchemaId};
use crate::diagnostic::Code;
use crate::source::Span;

/// What became of a pattern: why it is none, or why it is only one without the `u` flag.
type Verdict = (Option<String>, Option<String>);

pub(super) fn check(check: &mut Check<'_>) {
    let mut known: BTreeMap<&str, Verdict> = BTreeMap::new();
    for (_, schema) in check.schemas() {
        let Some(keywords) = schema.keywords() else {
            continue;
        };
        if let Some(pattern) = &keywords.pattern {
            let verdict = known.entry(pattern).or_insert_with(|| judge(pattern)).clone();
            if verdict != (None, None) {
                let at = check.keyword(schema, "pattern");
                report(check, Code::INVALID_PATTERN, pattern, verdict, at);
            }
        }
        for (pattern, _) in &keywords.pattern_properties {
            let verdict = known.entry(pattern).or_insert_with(|| judge(pattern)).clone();
            if verdict != (None, None) {
                let at = check.sources.key(check.sources.value(schema.at, "patternProperties"), pattern);
                report(check, Code::INVALID_MEMBER_PATTERN, pattern, verdict, at);
            }
        }
    }
}

/// Takes out of a contract each `pattern` that is no regular expression, where that is allowed. Nothing else can be done
/// with it, and the finding has said so.
pub fn forget_invalid(contract: &mut Contract) {
    let ids: Vec<SchemaId> = contract.schemas.iter().map(|(id, _)| id).collect();
    for id in ids {
        let keywords = contract.schemas.get_mut(id).and_then(Schema::keywords_mut);
        let invalid = |keywords: &&mut Keywords<'_>| {
            keywords.pattern.as_deref().is_some_and(|pattern| Compiled::new(pattern).is_err())
        };
        if let Some(keywords) = keywords.filter(invalid) {
            keywords.pattern = None;
        }
    }
}

fn judge(pattern: &str) -> Verdict {
    match Compiled::new(pattern) {
        Err(error) => (Some(reason(&error)), None),
        Ok(compiled) => (None, compiled.legacy().map(reason)),
    }
}

fn reason(error: &PatternError) -> String {
    format!("{} (at byte {})", error.message, error.offset)
}

fn report(check: &mut Check<'_>, code: Code, pattern: &str, (invalid, legacy): Verdict, at: Span) {
    if let Some(reason) = invalid {
        let message = format!("`{pattern}` is no regular expression of ECMA-262: {reason}");
        check
            .diagnostics
            .error(code, at, message)
            .help("write it as JavaScript would take it between `/` and `/u`");
    }
    if let Some(reason) = legacy {
        let message = format!("`{pattern}` is a regular expression only without the `u` flag: {reason}");
        check
            .diagnostics
            .warning_once(Code::LEGACY_PATTERN, pattern, at, message)
            .help("it is read without the flag; write it so that it is valid with it, too");
    }
}
