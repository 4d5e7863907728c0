//! From bytes to a tree: the encoding first, then JSON or YAML by the first byte.

use super::json::Failure;
use super::tree::Tree;
use super::{FileId, MAX_BYTES, SourceFile, Sources, Span, json, yaml};
use crate::diagnostic::{Code, Diagnostics};

/// The text of a file, with what is wrong with its encoding. Bytes that are not UTF-8 become `?`, so offsets hold.
pub fn text_of(bytes: Vec<u8>) -> (String, Option<(Code, usize, String)>) {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] = bytes.as_slice() {
        let message = "this file is UTF-16 or UTF-32; convert it to UTF-8".to_owned();
        return (String::new(), Some((Code::ENCODING, 0, message)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let byte = bytes.get(at).copied().unwrap_or_default();
            let message = format!(
                "byte {byte:02X} at offset {at} is not UTF-8; is the file Latin-1? Convert it to UTF-8"
            );
            (replaced(&bytes), Some((Code::ENCODING, at, message)))
        }
    }
}

/// The text with each byte that is not UTF-8 replaced by a question mark.
fn replaced(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// Reads a file's bytes into `sources`; what is wrong with it is reported. The tree is there if it could be parsed.
/// `None` if there are too many files.
pub fn parse(
    path: String,
    bytes: Vec<u8>,
    on_disk: bool,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let id = sources.next_id()?;
    let large = bytes.len() as u64 > MAX_BYTES;
    let (text, broken) = text_of(bytes);
    let tree = if let Some((code, at, message)) = broken {
        diagnostics.error(code, Span::new(id, at, at), message);
        None
    } else if large {
        let message = format!("a file of more than {} MiB cannot be read", MAX_BYTES >> 20);
        diagnostics.error(Code::SYNTAX, Span::new(id, 0, 0), message);
        None
    } else {
        tree(id, &text, diagnostics)
    };
    sources.set(id, SourceFile::new(id, path, text, tree.unwrap_or_default(), on_disk));
    Some(id)
}

/// The tree of a text that was parsed before; what there was to say of it was said then.
pub(super) fn again(id: FileId, text: &str) -> Tree {
    tree(id, text, &mut Diagnostics::default()).unwrap_or_default()
}

/// The tree of a text: JSON if it begins like JSON and is, else YAML.
fn tree(id: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Tree> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with(['{', '[']) {
        return match yaml::parse(id, text, diagnostics) {
            Ok(Some(tree)) => Some(tree),
            Ok(None) => {
                diagnostics
                    .error(Code::EMPTY_DOCUMENT, Span::new(id, 0, 0), "this document is empty")
                    .help("begin with `openapi: 3.1.0`");
                None
            }
            Err(failure) => report(id, failure, diagnostics),
        };
    }
    let failure = match json::parse(id, text, diagnostics) {
        Ok(tree) => return Some(tree),
        Err(failure) => failure,
    };
    // A flow mapping of YAML looks like JSON at first; what is neither is reported as JSON.
    let mut aside = Diagnostics::default();
    if failure.code == Code::SYNTAX
        && let Ok(Some(tree)) = yaml::parse(id, text, &mut aside)
    {
        diagnostics.append(aside);
        return Some(tree);
    }
    report(id, failure, diagnostics)
}

fn report(id: FileId, failure: Failure, diagnostics: &mut Diagnostics) -> Option<Tree> {
    let Failure { code, at, message, below } = failure;
    let help = help(code, &message);
    let mut report = diagnostics.error(code, Span::new(id, at, at), message);
    if let Some(member) = below {
        report = report.label(member, "below this");
    }
    if let Some(help) = help {
        report.help(help);
    }
    None
}

/// What to do about a document that cannot be read.
fn help(code: Code, message: &str) -> Option<&'static str> {
    Some(match code {
        Code::COMPLEX_KEY => "write the key as a string",
        Code::SEVERAL_DOCUMENTS => "keep one in this file; the others go into files of their own",
        Code::ALIAS_LIMIT => "refer to shared parts by `$ref` instead of aliases",
        Code::TOO_DEEP => "move inner parts to `components` and refer to them",
        Code::SYNTAX if message.contains(" tab") => "indent with spaces",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
