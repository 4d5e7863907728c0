//! Which keywords a schema has, and what they mean. The dialect of a resource is what its `$schema` names, else that of
//! the resource around it, else `jsonSchemaDialect` of its document, else that of OpenAPI (OAS 3.1.2, Specifying Schema
//! Dialects). Whatever it is, it is read into 2020-12 here and in `schema`; no later floor knows of others.

use super::Resolver;
use super::resources::{Place, Scope};
use crate::contract::Version;
use crate::diagnostic::Code;
use crate::source::{Member, Members, Node, Span};

/// Editions of JSON Schema, and the selection of one of them that OpenAPI 3.0 made. Older ones are less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    OpenApi30,
    Draft4,
    Draft6,
    Draft7,
    Draft2019,
    Draft2020,
}

/// The meta-schemas of the editions, without scheme and fragment.
const METASCHEMAS: &[(&str, Draft)] = &[
    ("json-schema.org/draft/2020-12/schema", Draft::Draft2020),
    ("json-schema.org/draft/2019-09/schema", Draft::Draft2019),
    ("json-schema.org/draft-07/schema", Draft::Draft7),
    ("json-schema.org/draft-06/schema", Draft::Draft6),
    // Draft-05 has no meta-schema of its own: it is an edition of draft-04's text.
    ("json-schema.org/draft-05/schema", Draft::Draft4),
    ("json-schema.org/draft-04/schema", Draft::Draft4),
];
/// Where those of OpenAPI are: dialects of 2020-12.
const OPENAPI: &[&str] = &["spec.openapis.org/oas/3.1/", "spec.openapis.org/oas/3.2/"];
/// Where vocabularies are.
const VOCABULARIES: &[(&str, Draft)] = &[
    ("https://json-schema.org/draft/2020-12/vocab/", Draft::Draft2020),
    ("https://json-schema.org/draft/2019-09/vocab/", Draft::Draft2019),
];
/// How many meta-schemas may describe one another.
const MAX_METASCHEMAS: usize = 8;

const APPLICATOR: u8 = 1;
const UNEVALUATED: u8 = 2;
const VALIDATION: u8 = 4;
const FORMAT: u8 = 8;
/// `format` asserts, whatever the options say.
const FORMAT_ASSERTION: u8 = 16;
/// What identifies, refers and describes is there in every dialect.
const CORE: u8 = 32;
const USUAL: u8 = CORE | APPLICATOR | UNEVALUATED | VALIDATION | FORMAT;

/// What the schemas of a resource are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The edition.
    pub draft: Draft,
    vocabularies: u8,
}

impl Draft {
    /// The edition that a URI names.
    pub fn named(uri: &str) -> Option<Self> {
        let uri = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?.trim_end_matches('#');
        let known = METASCHEMAS.iter().find(|(known, _)| *known == uri).map(|(_, draft)| *draft);
        known.or_else(|| OPENAPI.iter().any(|known| uri.starts_with(known)).then_some(Self::Draft2020))
    }

    /// What it is called.
    fn name(self) -> &'static str {
        match self {
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::Draft4 => "JSON Schema draft-04",
            Self::Draft6 => "JSON Schema draft-06",
            Self::Draft7 => "JSON Schema draft-07",
            Self::Draft2019 => "JSON Schema 2019-09",
            Self::Draft2020 => "JSON Schema 2020-12",
        }
    }

    /// The keyword that identifies a resource.
    pub fn id(self) -> &'static str {
        if self == Self::Draft4 { "id" } else { "$id" }
    }

    /// Whether nothing that stands beside `$ref` counts.
    pub fn reference_hides(self) -> bool {
        self <= Self::Draft7
    }

    /// Whether the keyword was there, and still is. OpenAPI 3.0 takes those that are newer, and says so.
    pub fn has(self, keyword: &str) -> bool {
        match keyword {
            "additionalItems" => (Self::Draft4..=Self::Draft2019).contains(&self),
            "$recursiveRef" | "$recursiveAnchor" => self == Self::Draft2019,
            "dependencies" => self != Self::OpenApi30,
            "id" => self == Self::Draft4,
            _ if self == Self::OpenApi30 => true,
            "const" | "contains" | "propertyNames" | "$id" => self >= Self::Draft6,
            "if" | "then" | "else" | "contentEncoding" | "contentMediaType" => self >= Self::Draft7,
            "dependentRequired"
            | "dependentSchemas"
            | "minContains"
            | "maxContains"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "contentSchema"
            | "$anchor"
            | "$defs" => self >= Self::Draft2019,
            "prefixItems" | "$dynamicRef" | "$dynamicAnchor" => self == Self::Draft2020,
            _ => true,
        }
    }
}

impl Dialect {
    const STANDARD: Self = Self::of(Draft::Draft2020);

    const fn of(draft: Draft) -> Self {
        Self { draft, vocabularies: USUAL }
    }

    /// Whether a keyword means something.
    pub fn has(self, keyword: &str) -> bool {
        self.draft.has(keyword) && self.vocabularies & vocabularies(keyword) != 0
    }

    /// Whether `format` asserts, whatever the options say (Validation, section 7.2.2).
    pub fn asserts_formats(self) -> bool {
        self.vocabularies & FORMAT_ASSERTION != 0
    }

    /// What it is called in messages about unknown keywords.
    pub fn name(self) -> &'static str {
        match self.draft {
            _ if self.vocabularies & !FORMAT_ASSERTION != USUAL => "the vocabularies that `$schema` chooses",
            // Newer keywords count there, so those that are unknown are unknown to the newest.
            Draft::OpenApi30 => Draft::Draft2020.name(),
            draft => draft.name(),
        }
    }
}

/// The vocabularies that a keyword is in.
fn vocabularies(keyword: &str) -> u8 {
    match keyword {
        "allOf"
        | "anyOf"
        | "oneOf"
        | "not"
        | "if"
        | "then"
        | "else"
        | "properties"
        | "patternProperties"
        | "additionalProperties"
        | "propertyNames"
        | "dependentSchemas"
        | "dependencies"
        | "prefixItems"
        | "items"
        | "additionalItems"
        | "contains" => APPLICATOR,
        "unevaluatedItems" | "unevaluatedProperties" => UNEVALUATED,
        "type" | "enum" | "const" | "multipleOf" | "maximum" | "exclusiveMaximum" | "minimum"
        | "exclusiveMinimum" | "maxLength" | "minLength" | "pattern" | "maxItems" | "minItems"
        | "uniqueItems" | "maxContains" | "minContains" | "maxProperties" | "minProperties" | "required"
        | "dependentRequired" => VALIDATION,
        "format" => FORMAT | FORMAT_ASSERTION,
        _ => CORE,
    }
}

/// The edition that a vocabulary is of, and what it is there; nothing if it is unknown. A vocabulary that is listed is
/// in use whether it is required or not (Core, section 8.1.2).
fn vocabulary(uri: &str, required: bool) -> Option<(Draft, u8)> {
    let (draft, name) =
        VOCABULARIES.iter().find_map(|(prefix, draft)| Some((*draft, uri.strip_prefix(prefix)?)))?;
    let bits = match (draft, name) {
        (Draft::Draft2019, "applicator") => APPLICATOR | UNEVALUATED,
        (Draft::Draft2019, "format") if required => FORMAT_ASSERTION,
        (Draft::Draft2019, "format") | (_, "format-annotation") => FORMAT,
        (_, "applicator") => APPLICATOR,
        (_, "unevaluated") => UNEVALUATED,
        (_, "validation") => VALIDATION,
        (_, "format-assertion") => FORMAT_ASSERTION,
        (_, "core" | "meta-data" | "content") => 0,
        _ => return None,
    };
    Some((draft, bits))
}

/// Whether a vocabulary is OpenAPI's, which only describes.
fn is_openapi(uri: &str) -> bool {
    let uri = uri.strip_prefix("https://").unwrap_or(uri);
    OPENAPI.iter().any(|known| uri.strip_prefix(known).is_some_and(|rest| rest.starts_with("vocab/")))
}

/// Why a dialect is not known.
struct Unknown {
    message: String,
    help: String,
    label: Option<(Span, String)>,
}

impl<'a> Resolver<'a> {
    /// The dialect of a resource. What is wrong with it is reported where it is declared, once.
    pub(super) fn dialect(&mut self, scope: Scope) -> Dialect {
        let Some(resource) = self.resources.get(scope) else {
            return Dialect::STANDARD;
        };
        if let Some(known) = resource.dialect {
            return known;
        }
        let dialect = match resource.declared {
            Some(declared) => self.declared_dialect(scope, declared),
            None if self.loader.version(resource.file) == Version::V3_0 => Dialect::of(Draft::OpenApi30),
            None => Dialect::STANDARD,
        };
        self.resources.set_dialect(scope, dialect);
        dialect
    }

    fn declared_dialect(&mut self, scope: Scope, declared: Node<'a>) -> Dialect {
        let Some(uri) = declared.as_str() else {
            let message = format!("a dialect is named by a URI, this is {}", declared.kind());
            self.diagnostics.error(Code::WRONG_TYPE, declared.span(), message);
            return Dialect::STANDARD;
        };
        match self.dialect_named(scope, uri, 0) {
            Ok(dialect) => dialect,
            Err(Unknown { message, help, label }) => {
                // Resources inside of one another have it from the same place.
                if self.unknown_dialects.insert(declared.span()) {
                    let report = self.diagnostics.error(Code::DIALECT, declared.span(), message).help(help);
                    if let Some((at, text)) = label {
                        report.label(at, text);
                    }
                }
                Dialect::STANDARD
            }
        }
    }

    /// A dialect by its URI: an edition, or a meta-schema among the files of the contract.
    fn dialect_named(&mut self, scope: Scope, uri: &'a str, depth: usize) -> Result<Dialect, Unknown> {
        if let Some(draft) = Draft::named(uri) {
            return Ok(Dialect::of(draft));
        }
        let unknown = |message: String, help: String| Unknown { message, help, label: None };
        let Ok(Place { node, scope }) = self.target(scope, uri) else {
            let message = format!("the dialect `{uri}` is not known, so what its schemas mean is not either");
            return Err(unknown(message, known_instead(uri)));
        };
        if let Some(listed) = node.get("$vocabulary") {
            return chosen(uri, listed.members());
        }
        // A meta-schema that chooses nothing describes what it is written in itself.
        let inner = node.get("$schema").and_then(Node::as_str).filter(|inner| *inner != uri);
        let dialect = match inner {
            Some(inner) if depth < MAX_METASCHEMAS => self.dialect_named(scope, inner, depth + 1)?,
            _ => {
                let message = format!("the meta-schema `{uri}` does not say what it is based on");
                return Err(unknown(message, "give it a `$vocabulary`".to_owned()));
            }
        };
        // Its schemas were searched for identifiers before it was known.
        if dialect.draft < Draft::Draft2019 {
            let message =
                format!("`{uri}` is a meta-schema of {}, which cannot be extended", dialect.draft.name());
            return Err(unknown(message, "name that edition itself".to_owned()));
        }
        Ok(dialect)
    }

    /// In 3.0 neither `jsonSchemaDialect` nor `$schema` is part of the standard.
    pub(super) fn idle_dialect(&mut self, member: Member<'_>) {
        let name = member.name;
        let message = format!("`{name}` has no effect in an OpenAPI 3.0 document, which has its own dialect");
        self.diagnostics
            .warning_once(Code::DIALECT, name, member.name_span, message)
            .help("leave it out, or raise the `openapi` field to 3.1.0");
    }
}

/// What to do about a dialect that is not known.
fn known_instead(uri: &str) -> String {
    let known = "name `https://json-schema.org/draft/2020-12/schema`";
    match uri.rsplit_once('/').filter(|(folder, _)| folder.contains("://")) {
        Some((folder, _)) => {
            format!("{known}, or the folder that its meta-schema is in: `--vendor {folder}/=<FOLDER>`")
        }
        None => format!("{known}, or leave it out"),
    }
}

/// The dialect of a meta-schema that lists its vocabularies.
fn chosen(uri: &str, listed: Members<'_>) -> Result<Dialect, Unknown> {
    let mut dialect = Dialect { draft: Draft::Draft2020, vocabularies: CORE };
    for member in listed {
        let required = member.value.as_bool() != Some(false);
        if let Some((draft, bits)) = vocabulary(member.name, required) {
            dialect.draft = draft;
            dialect.vocabularies |= bits;
        } else if required && !is_openapi(member.name) {
            let message =
                format!("the dialect `{uri}` needs the vocabulary `{}`, which is not known", member.name);
            return Err(Unknown {
                message,
                help: "a vocabulary that may be ignored is `false` below `$vocabulary`".to_owned(),
                label: Some((member.name_span, "it is required here".to_owned())),
            });
        }
    }
    Ok(dialect)
}
