//! The values of a document, the schemas that they are for, and types generated of these.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use counterpart::contract::Version;
use counterpart::diagnostic::{Code, Diagnostics, Severity};
use counterpart::source::{Sources, Span};
use counterpart::{Options, Parts, document, resolve, values};
use test_corpus::Document;

use crate::measure;

/// What is known of a document.
#[derive(Debug)]
pub struct Gathered {
    /// Its name for modules.
    pub slug: String,
    /// Whether a base lists its heirs and the heirs refer to the base.
    pub circular: bool,
    /// Its files by path: what they hold as JSON, and whether they are of OpenAPI 3.0.
    pub files: Vec<(String, String, bool)>,
    /// Where schemas are: file and pointer.
    pub schemas: Vec<(usize, String)>,
    /// The schemas with values; the generated type of each is `E` and its index.
    pub targets: Vec<Target>,
    /// The values.
    pub values: Vec<Value>,
}

/// A schema that has values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Index of its file.
    pub file: usize,
    /// Where it is there.
    pub pointer: String,
}

/// A default or an example.
#[derive(Debug)]
pub struct Value {
    /// Where it stands, for people.
    pub place: String,
    /// Index of its schema.
    pub target: usize,
    /// What it is.
    pub json: String,
}

/// Reads a document, and generates the types of all schemas with values.
pub fn gather(document: &Document, options: &Options) -> Result<Gathered, String> {
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    for code in &options.allow {
        diagnostics.allow(*code);
    }
    let contract = document::open(&document.source(), &sources, &mut diagnostics)
        .and_then(|opened| resolve::contract(opened, &sources, &mut diagnostics))
        .ok_or("cannot be read")?;
    let schemas: Vec<(usize, String)> =
        contract.schemas.iter().filter_map(|(_, schema)| located(&sources, schema.at)).collect();
    let mut targets: BTreeMap<Target, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for value in values::all(&contract, &sources) {
        let Some((file, pointer)) = located(&sources, contract.schemas.get(value.schema).at) else {
            continue;
        };
        let count = targets.len();
        let target = *targets.entry(Target { file, pointer }).or_insert(count);
        let span = value.node.span();
        let at = sources.line_column(span);
        let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        let place = format!("{}{at}", sources.path(span.file));
        found.push(Value { place, target, json: value.node.to_json().to_string() });
    }
    let mut ordered: Vec<(Target, usize)> = targets.into_iter().collect();
    ordered.sort_by_key(|(_, index)| *index);
    let gathered = Gathered {
        slug: document.slug(),
        circular: diagnostics.iter().any(|item| item.code == Code::CIRCULAR_INHERITANCE),
        files: files(&sources, contract.version),
        schemas,
        targets: ordered.into_iter().map(|(target, _)| target).collect(),
        values: found,
    };
    generate(document, &gathered, contract.version, options)?;
    Ok(gathered)
}

fn located(sources: &Sources, span: Span) -> Option<(usize, String)> {
    Some((span.file.0 as usize, sources.pointer(span)?))
}

fn files(sources: &Sources, version: Version) -> Vec<(String, String, bool)> {
    let files = sources.iter().map(|(id, file)| {
        let json = sources.root(id).map(|root| root.to_json());
        let own = json.as_ref().and_then(|json| json.get("openapi")).map(|own| own.to_string());
        let legacy = own.map_or(version == Version::V3_0, |own| own.trim_matches('"').starts_with("3.0"));
        (file.path.clone(), json.map_or_else(String::new, |json| json.to_string()), legacy)
    });
    files.collect()
}

/// A contract whose components are the targets, as types.
fn generate(
    document: &Document,
    gathered: &Gathered,
    version: Version,
    options: &Options,
) -> Result<(), String> {
    let mut components = String::new();
    for (index, target) in gathered.targets.iter().enumerate() {
        let path = gathered.files.get(target.file).map_or("", |(path, _, _)| path);
        let path = Path::new(path).strip_prefix(document.root()).unwrap_or(Path::new(path));
        let reference = format!("{}#{}", encoded(&path.to_string_lossy()), encoded(&target.pointer));
        let comma = if index == 0 { "" } else { "," };
        // A string may be written to without end.
        let _ = write!(components, "{comma}\"E{index}\":{{\"$ref\":{}}}", serde_json::Value::from(reference));
    }
    // Files that do not say their version have that of whoever refers to them.
    let version = match version {
        Version::V3_0 => "3.0.3",
        Version::V3_1 => "3.1.1",
        Version::V3_2 => "3.2.0",
    };
    let head = r#""info":{"title":"Examples","version":"1"}"#;
    let text = format!(r#"{{"openapi":"{version}",{head},"components":{{"schemas":{{{components}}}}}}}"#);
    let options = options.clone().parts(Parts::TYPES);
    let generated = counterpart::generate(&document.beside(text), &options).map_err(|rejected| {
        let error = rejected.diagnostics.iter().find(|item| item.severity == Severity::Error);
        error.map_or_else(|| "refused".to_owned(), |item| format!("{}: {}", item.code, item.message))
    })?;
    measure::write(&format!("examples_{}", gathered.slug), &generated.files)
        .map_err(|error| error.to_string())
}

/// Percent-encoded, but for what paths and pointers are made of.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => {
                // A string may be written to without end.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
