//! Bodies that say the same as JSON in another form: each is read as JSON text, and written from a JSON value.

use crate::json::Json;
use crate::operation::{Media, MediaKind};
use crate::schema::{Contract, SchemaRef};
use crate::style::Refusal;

/// Whether a body of that type is one of these.
pub(crate) fn is_document(media: &Media) -> bool {
    matches!(media.kind, MediaKind::Yaml | MediaKind::Xml)
}

/// The JSON text of a body.
pub(crate) fn read(contract: &'static Contract, media: &Media, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Malformed("is not UTF-8".into()))?;
    match media.kind {
        MediaKind::Yaml => yaml::read(text).map_err(|problem| Refusal::Malformed(problem.into())),
        MediaKind::Xml => xml::read(text, schema(contract, media), media.root.as_deref()),
        _ => Ok(text.as_bytes().to_vec()),
    }
}

/// The text of a value in a media type.
pub(crate) fn write(contract: &'static Contract, media: &Media, value: &Json) -> Result<String, String> {
    match media.kind {
        MediaKind::Yaml => yaml::write(value),
        MediaKind::Xml => xml::write(value, schema(contract, media), media.root.as_deref()),
        _ => Ok(value.to_string()),
    }
}

fn schema(contract: &'static Contract, media: &Media) -> SchemaRef {
    media.schema.map_or(SchemaRef::ANY, |schema| contract.schema(schema))
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
