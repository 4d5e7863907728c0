//! Turns the suite into two contracts, one for the tests in which `format` is a note and one for those in which it
//! asserts, and generates their types. Each case is a file of its own that a component refers to, because a schema
//! without `$id` is a resource of its own. The remote documents of the suite are vendored.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use counterpart::diagnostic::{
    Severity,
    render::{Style, human},
};
use counterpart::{Formats, Generated, Options, Parts, Rejected, Source, output};
use counterpart_runtime::Json;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Meta-schemas, one a line; the suite takes them for known.
const METASCHEMAS: &str = "../../generator/runtime/tests/support/metaschema.jsonl";
const METASCHEMA_HOST: &str = "https://json-schema.org/";

/// Cases from which nothing is generated: file and description, and why. The list may only shrink.
const REFUSED: &[(&str, &str, &str)] = &[(
    "optional/cross-draft.json",
    "refs to historic drafts are processed as historic drafts",
    "contracts are read as 2020-12 and nothing else",
)];

/// One schema of the suite.
struct Case {
    file: String,
    index: usize,
    title: String,
    schema: Json,
}

/// Where things are.
struct Folders {
    suite: PathBuf,
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
    println!("cargo::rerun-if-changed={METASCHEMAS}");
    let corpus =
        env::var_os("COUNTERPART_CORPUS").map_or_else(|| "../../../shared/corpus".into(), PathBuf::from);
    let suite = corpus.join("json-schema-test-suite");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("there is no OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", suite.display());
    let mut table = String::new();
    let mut entries = String::new();
    if suite.is_dir() {
        let folders = Folders { suite: suite.canonicalize()?, out: out.clone() };
        metaschemas(&out)?;
        let (asserted, annotated) = cases(&folders.suite)?
            .into_iter()
            .partition(|case: &Case| case.file.starts_with("optional/format/"));
        for (module, formats, cases) in
            [("annotated", Formats::Annotate, annotated), ("asserted", Formats::Assert, asserted)]
        {
            contract(&folders, module, formats, cases, &mut entries)?;
            writeln!(table, "counterpart_runtime::include_contract!(pub mod {module});")?;
        }
    }
    writeln!(
        table,
        "/// The folder of the suite's tests.\npub const TESTS: &str = {:?};",
        tests(&suite).display()
    )?;
    writeln!(table, "/// Every case.\npub const CASES: &[Case] = &[\n{entries}];")?;
    fs::write(out.join("cases.rs"), table)?;
    Ok(())
}

fn tests(suite: &Path) -> PathBuf {
    suite.join("tests/draft2020-12")
}

fn read(path: &Path) -> Outcome<Json> {
    Ok(Json::parse(&fs::read(path)?)?)
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, text)?)
}

/// Writes the meta-schemas as files below `meta`, each where its `$id` says.
fn metaschemas(out: &Path) -> Outcome<()> {
    for line in fs::read_to_string(METASCHEMAS)?.lines() {
        let schema = Json::parse(line.as_bytes())?;
        let id = schema.get("$id").and_then(Json::as_str).and_then(|id| id.strip_prefix(METASCHEMA_HOST));
        write(&out.join("meta").join(id.ok_or("a meta-schema without $id")?), line)?;
    }
    Ok(())
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

fn cases(suite: &Path) -> Outcome<Vec<Case>> {
    let folder = tests(suite);
    let mut cases = Vec::new();
    for path in files(&folder)? {
        let file = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        for (index, case) in read(&path)?.as_array().unwrap_or_default().iter().enumerate() {
            let title = case.get("description").and_then(Json::as_str).unwrap_or_default().to_owned();
            let schema = case.get("schema").cloned().ok_or("a case without schema")?;
            cases.push(Case { file: file.clone(), index, title, schema });
        }
    }
    Ok(cases)
}

/// Generates one module of many cases.
fn contract(
    folders: &Folders,
    module: &str,
    formats: Formats,
    cases: Vec<Case>,
    entries: &mut String,
) -> Outcome<()> {
    let folder = folders.out.join("contracts").join(module);
    let mut components = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        // A folder each, so that the relative `$id`s of one case are not those of another.
        write(&folder.join(format!("{number}/schema.json")), &case.schema.to_string())?;
        let component = format!(r#""Case{number}":{{"$ref":"{number}/schema.json"}}"#);
        let Case { file, title, index, .. } = case;
        let refused = REFUSED.iter().find(|known| (known.0, known.1) == (file, title));
        let run = if let Some((_, _, reason)) = refused {
            let alone = generate(folders, &folder.join("alone.json"), formats, &component);
            if alone.is_ok() {
                return Err(format!("{file}: {title} generates now; remove it from the list").into());
            }
            format!("Err({reason:?})")
        } else {
            components.push(component);
            format!("Ok(round_trip::round_trip::<{module}::types::Case{number}>)")
        };
        writeln!(
            entries,
            "    Case {{ file: {file:?}, index: {index}, name: \"{module}::Case{number}\", run: {run} }},"
        )?;
    }
    let generated = generate(folders, &folder.join("contract.json"), formats, &components.join(","))?;
    output::write(&generated.files, &folders.out.join(module)).map_err(|error| error.to_string())?;
    Ok(())
}

fn generate(folders: &Folders, path: &Path, formats: Formats, components: &str) -> Outcome<Generated> {
    let head = r#""openapi":"3.1.1","info":{"title":"JSON-Schema-Test-Suite","version":"1"}"#;
    write(path, &format!(r#"{{{head},"components":{{"schemas":{{{components}}}}}}}"#))?;
    let source = Source::file(path)
        .vendored("http://localhost:1234/", folders.suite.join("remotes"))
        .vendored(METASCHEMA_HOST, folders.out.join("meta"));
    let options = Options::new().parts(Parts::TYPES).formats(formats);
    let generated = counterpart::generate(&source, &options);
    generated.map_err(|rejected| errors(&rejected).into())
}

/// What stopped the generation; the suite is full of what contracts are warned of.
fn errors(rejected: &Rejected) -> String {
    let errors = rejected.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| human(finding, &rejected.sources, Style::Plain)).collect::<Vec<_>>().join("\n\n")
}
