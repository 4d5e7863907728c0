//! Bodies that say the same as JSON in another form: each is read as JSON text, and written from a JSON value.

use crate::json::Json;
#[cfg(any(feature = "server", feature = "client"))]
use crate::operation::Media;
use crate::operation::{Encoding, MediaKind};
use crate::schema::{Contract, SchemaRef};
use crate::style::Refusal;

/// How a value is written: a body, or a part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Document<'a> {
    kind: MediaKind,
    /// Root schema, which says how XML becomes a value.
    schema: Option<u32>,
    /// What the outermost element of XML is called where its schema does not say it.
    root: Option<&'a str>,
}

impl<'a> Document<'a> {
    /// JSON.
    #[cfg(any(feature = "server", feature = "client"))]
    pub(crate) fn json() -> Self {
        Self { kind: MediaKind::Json, schema: None, root: None }
    }

    /// A whole body.
    #[cfg(any(feature = "server", feature = "client"))]
    pub(crate) fn of(media: &'a Media) -> Self {
        Self { kind: media.kind, schema: media.schema, root: media.root.as_deref() }
    }

    /// A part, or a member of a form, of that kind.
    pub(crate) fn of_part(encoding: &'a Encoding, kind: MediaKind) -> Self {
        Self { kind, schema: encoding.schema, root: encoding.root.as_deref() }
    }

    /// Whether it is one of these, and not JSON.
    pub(crate) fn is_other(self) -> bool {
        matches!(self.kind, MediaKind::Yaml | MediaKind::Xml | MediaKind::JsonLines | MediaKind::JsonSeq)
    }

    /// Whether it is one of the forms that can hold every value.
    #[cfg(feature = "client")]
    pub(crate) fn is_tree(self) -> bool {
        matches!(self.kind, MediaKind::Json | MediaKind::Yaml | MediaKind::Xml)
    }

    /// Whether a standard says how a value becomes it.
    #[cfg(any(feature = "server", feature = "client"))]
    pub(crate) fn is_known(self) -> bool {
        self.kind == MediaKind::Json || self.is_other()
    }

    /// The JSON text of it.
    pub(crate) fn read(self, contract: &'static Contract, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        let text = utf8(bytes)?;
        match self.kind {
            MediaKind::Yaml => yaml::read(text).map_err(|problem| Refusal::Malformed(problem.into())),
            MediaKind::Xml => xml::read(text, self.schema(contract), self.root),
            MediaKind::JsonLines => sequence(text, '\n'),
            MediaKind::JsonSeq => sequence(text, '\u{1e}'),
            _ => {
                parsed(text)?;
                Ok(bytes.to_vec())
            }
        }
    }

    /// The text of a value.
    pub(crate) fn write(self, contract: &'static Contract, value: &Json) -> Result<String, String> {
        match (self.kind, value) {
            (MediaKind::Yaml, _) => yaml::write(value),
            (MediaKind::Xml, _) => xml::write(value, self.schema(contract), self.root),
            (MediaKind::JsonLines, Json::Array(items)) => {
                Ok(items.iter().map(|item| format!("{item}\n")).collect())
            }
            (MediaKind::JsonSeq, Json::Array(items)) => {
                Ok(items.iter().map(|item| format!("\u{1e}{item}\n")).collect())
            }
            (MediaKind::JsonLines | MediaKind::JsonSeq, _) => {
                Err("a sequence is written from an array".to_owned())
            }
            _ => Ok(value.to_string()),
        }
    }

    fn schema(self, contract: &'static Contract) -> SchemaRef {
        self.schema.map_or(SchemaRef::ANY, |schema| contract.line(schema))
    }
}

/// Text, as everything but files is.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Refusal> {
    std::str::from_utf8(bytes).map_err(|_| Refusal::Malformed("is not UTF-8".into()))
}

/// All JSON texts of a sequence as one array; each must be complete by itself.
fn sequence(text: &str, separator: char) -> Result<Vec<u8>, Refusal> {
    let mut out = vec![b'['];
    for line in text.split(separator).map(str::trim).filter(|line| !line.is_empty()) {
        parsed(line)?;
        if out.len() > 1 {
            out.push(b',');
        }
        out.extend_from_slice(line.as_bytes());
    }
    out.push(b']');
    Ok(out)
}

fn parsed(text: &str) -> Result<Json, Refusal> {
    Json::parse(text.as_bytes()).map_err(|malformed| Refusal::Malformed(malformed.to_string().into()))
}

#[cfg(feature = "xml")]
mod xml {
    pub(super) use crate::xml::{from_json as write, to_json as read};
}

/// See [`needs_xml`](crate::needs_xml).
#[cfg(not(feature = "xml"))]
mod xml {
    use crate::json::Json;
    use crate::schema::SchemaRef;
    use crate::style::Refusal;

    const OFF: &str = "is XML, and the feature `xml` of counterpart-runtime is off";

    pub(super) fn read(_: &str, _: SchemaRef, _: Option<&str>) -> Result<Vec<u8>, Refusal> {
        Err(Refusal::Malformed(OFF.into()))
    }

    pub(super) fn write(_: &Json, _: SchemaRef, _: Option<&str>) -> Result<String, String> {
        Err(OFF.to_owned())
    }
}

#[cfg(feature = "yaml")]
mod yaml {
    use crate::json::Json;

    pub(super) fn read(text: &str) -> Result<Vec<u8>, String> {
        crate::yaml::to_json(text).map_err(|malformed| format!("cannot be read as YAML: {malformed}"))
    }

    pub(super) fn write(value: &Json) -> Result<String, String> {
        Ok(crate::yaml::from_json(value))
    }
}

/// Generated code with such bodies does not compile without the feature, see [`needs_yaml`](crate::needs_yaml).
#[cfg(not(feature = "yaml"))]
mod yaml {
    use crate::json::Json;

    const OFF: &str = "is YAML, and the feature `yaml` of counterpart-runtime is off";

    pub(super) fn read(_: &str) -> Result<Vec<u8>, String> {
        Err(OFF.to_owned())
    }

    pub(super) fn write(_: &Json) -> Result<String, String> {
        Err(OFF.to_owned())
    }
}

/// Generated code with bodies in YAML says so, and does not compile without the feature.
#[cfg(feature = "yaml")]
#[doc(hidden)]
#[macro_export]
macro_rules! needs_yaml {
    () => {};
}

/// Generated code with bodies in YAML says so, and does not compile without the feature.
#[cfg(not(feature = "yaml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! needs_yaml {
    () => {
        compile_error!("the contract has bodies in YAML: turn on the feature `yaml` of counterpart-runtime");
    };
}

/// Generated code with bodies in XML says so, and does not compile without the feature.
#[cfg(feature = "xml")]
#[doc(hidden)]
#[macro_export]
macro_rules! needs_xml {
    () => {};
}

/// Generated code with bodies in XML says so, and does not compile without the feature.
#[cfg(not(feature = "xml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! needs_xml {
    () => {
        compile_error!("the contract has bodies in XML: turn on the feature `xml` of counterpart-runtime");
    };
}
