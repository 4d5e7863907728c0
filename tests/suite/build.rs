//! Turns the suite into contracts, for each draft one for the tests in which `format` is a note and one for those in
//! which it asserts, and generates their types. Each case is a file of its own that a component refers to, because a
//! schema without `$id` is a resource of its own. The remote documents of the suite are vendored.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use counterpart::diagnostic::{
    Code, Severity,
    render::{Style, human},
};
use counterpart::{Formats, Options, Parts, Rejected, Source, output};
use counterpart_runtime::Json;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The drafts, by their folders, and what their schemas declare: the suite leaves `$schema` out where it can. Older ones
/// are tested where the suite has them.
const DRAFTS: &[(&str, &str)] = &[
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
    ("draft2019-09", "https://json-schema.org/draft/2019-09/schema"),
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft6", "http://json-schema.org/draft-06/schema#"),
    ("draft4", "http://json-schema.org/draft-04/schema#"),
];

/// A remote document that an incomplete copy of the suite may lack: in 2019-09 `prefixItems` is no keyword.
const OLD_PREFIX_ITEMS: (&str, &str) = (
    "draft2019-09/ignore-prefixItems.json",
    r#"{"$schema": "https://json-schema.org/draft/2019-09/schema", "prefixItems": [{"type": "string"}]}"#,
);

/// One schema of the suite.
struct Case {
    /// Below the folder of tests.
    file: String,
    index: usize,
    schema: Json,
}

/// Where things are.
struct Folders {
    tests: PathBuf,
    out: PathBuf,
}

fn main() {
    if let Err(error) = run() {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
    }
}

fn run() -> Outcome<()> {
    println!("cargo::rerun-if-env-changed=COUNTERPART_CORPUS");
    let corpus =
        env::var_os("COUNTERPART_CORPUS").map_or_else(|| "../../../shared/corpus".into(), PathBuf::from);
    let suite = corpus.join("json-schema-test-suite");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("there is no OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", suite.display());
    let mut table = String::new();
    let mut entries = String::new();
    let folders = Folders { tests: suite.join("tests"), out };
    if suite.is_dir() {
        metaschemas(&folders.out.join("meta"))?;
        remotes(&suite.join("remotes"), &folders.out.join("remotes"))?;
        for (draft, uri) in DRAFTS.iter().filter(|(draft, _)| folders.tests.join(draft).is_dir()) {
            let (asserted, annotated): (Vec<Case>, Vec<Case>) = cases(&folders.tests, draft, uri)?
                .into_iter()
                .partition(|case: &Case| case.file.contains("/optional/format/"));
            for (name, formats, cases) in
                [("annotated", Formats::Annotate, annotated), ("asserted", Formats::Assert, asserted)]
            {
                let module = format!("{}_{name}", draft.replace('-', "_"));
                contract(&folders, &module, formats, &cases, &mut entries)?;
                writeln!(table, "counterpart_runtime::include_contract!(pub mod {module});")?;
            }
        }
    }
    let tests = folders.tests.display();
    writeln!(
        table,
        "/// The folder of the suite's tests.\npub const TESTS: &str = {:?};",
        tests.to_string()
    )?;
    writeln!(table, "/// Every case.\npub const CASES: &[Case] = &[\n{entries}];")?;
    fs::write(folders.out.join("cases.rs"), table)?;
    Ok(())
}

fn read(path: &Path) -> Outcome<Json> {
    Ok(Json::parse(&fs::read(path)?)?)
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, text)?)
}

/// Writes the meta-schemas, which the suite takes for known, each where its identifier says.
fn metaschemas(folder: &Path) -> Outcome<()> {
    use referencing::meta;
    for schema in [
        &meta::DRAFT4,
        &meta::DRAFT6,
        &meta::DRAFT7,
        &meta::DRAFT201909,
        &meta::DRAFT201909_APPLICATOR,
        &meta::DRAFT201909_CONTENT,
        &meta::DRAFT201909_CORE,
        &meta::DRAFT201909_FORMAT,
        &meta::DRAFT201909_META_DATA,
        &meta::DRAFT201909_VALIDATION,
        &meta::DRAFT202012,
        &meta::DRAFT202012_APPLICATOR,
        &meta::DRAFT202012_CONTENT,
        &meta::DRAFT202012_CORE,
        &meta::DRAFT202012_FORMAT_ANNOTATION,
        &meta::DRAFT202012_FORMAT_ASSERTION,
        &meta::DRAFT202012_META_DATA,
        &meta::DRAFT202012_UNEVALUATED,
        &meta::DRAFT202012_VALIDATION,
    ] {
        let id = schema.get("$id").or_else(|| schema.get("id")).and_then(|id| id.as_str());
        let (_, path) =
            id.and_then(|id| id.split_once("json-schema.org/")).ok_or("an unknown meta-schema")?;
        write(&folder.join(path.trim_end_matches('#')), &schema.to_string())?;
    }
    Ok(())
}

/// Writes the remote documents, each with the `$schema` of its draft.
fn remotes(from: &Path, to: &Path) -> Outcome<()> {
    for path in files(from)? {
        let below = path.strip_prefix(from)?;
        let draft = DRAFTS.iter().find(|(folder, _)| below.starts_with(folder));
        let schema = read(&path)?;
        write(&to.join(below), &draft.map_or(schema.clone(), |(_, uri)| declared(schema, uri)).to_string())?;
    }
    let (path, text) = OLD_PREFIX_ITEMS;
    if !from.join(path).is_file() {
        write(&to.join(path), text)?;
    }
    Ok(())
}

/// The schema with `$schema`.
fn declared(schema: Json, uri: &str) -> Json {
    let Json::Object(mut members) = schema else { return schema };
    if !members.contains_key("$schema") {
        members.insert("$schema".to_owned(), Json::String(uri.to_owned()));
    }
    Json::Object(members)
}

/// The JSON files below a folder, in order.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { paths.extend(files(&path)?) } else { paths.push(path) }
    }
    paths.sort();
    Ok(paths)
}

fn cases(tests: &Path, draft: &str, uri: &str) -> Outcome<Vec<Case>> {
    let mut cases = Vec::new();
    for path in files(&tests.join(draft))? {
        let file = path.strip_prefix(tests)?.to_string_lossy().replace('\\', "/");
        for (index, case) in read(&path)?.as_array().unwrap_or_default().iter().enumerate() {
            let schema = case.get("schema").cloned().ok_or("a case without schema")?;
            cases.push(Case { file: file.clone(), index, schema: declared(schema, uri) });
        }
    }
    Ok(cases)
}

/// Generates one module of many cases.
fn contract(
    folders: &Folders,
    module: &str,
    formats: Formats,
    cases: &[Case],
    entries: &mut String,
) -> Outcome<()> {
    let folder = folders.out.join("contracts").join(module);
    let mut components = Vec::new();
    for (number, Case { file, index, schema }) in cases.iter().enumerate() {
        // A folder each, so that the relative `$id`s of one case are not those of another.
        write(&folder.join(format!("{number}/schema.json")), &schema.to_string())?;
        components.push(format!(r#""Case{number}":{{"$ref":"{number}/schema.json"}}"#));
        let run = format!("round_trip::round_trip::<{module}::types::Case{number}>");
        writeln!(
            entries,
            "    Case {{ file: {file:?}, index: {index}, name: \"{module}::Case{number}\", run: {run} }},"
        )?;
    }
    let path = folder.join("contract.json");
    let head = r#""openapi":"3.1.1","info":{"title":"JSON-Schema-Test-Suite","version":"1"}"#;
    write(&path, &format!(r#"{{{head},"components":{{"schemas":{{{}}}}}}}"#, components.join(",")))?;
    let meta = folders.out.join("meta");
    let source = Source::file(&path)
        .vendored("http://localhost:1234/", folders.out.join("remotes"))
        .vendored("https://json-schema.org/", meta.clone())
        .vendored("http://json-schema.org/", meta);
    // The suite has a case for defaults that their schema refuses.
    let options = Options::new().parts(Parts::TYPES).formats(formats).allow(Code::DEFAULT_VIOLATES_SCHEMA);
    let generated = counterpart::generate(&source, &options).map_err(|rejected| errors(&rejected))?;
    output::write(&generated.files, &folders.out.join(module)).map_err(|error| error.to_string())?;
    Ok(())
}

/// What stopped the generation; the suite is full of what contracts are warned of.
fn errors(rejected: &Rejected) -> String {
    let errors = rejected.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| human(finding, &rejected.sources, Style::Plain)).collect::<Vec<_>>().join("\n\n")
}
