//! Generating one document in a process of its own, so that its peak memory is its own too.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;
use std::{env, fs, io};

use counterpart::package::{self, Package, Runtime};
use counterpart::{Generated, GeneratedFile};
use test_corpus::{Corpus, Document, Verdicts};

/// The argument that makes this program generate a single document.
pub const ONE: &str = "--one";

/// What generating a document came to.
#[derive(Debug, Default)]
pub struct Measure {
    /// Operations and webhooks.
    pub operations: usize,
    /// Structs and enumerations in `types.rs`.
    pub types: usize,
    /// How long it took.
    pub seconds: f64,
    /// The peak of resident memory in MiB; 0 where the system does not tell.
    pub peak: usize,
    /// Lines of Rust.
    pub lines: usize,
    /// What is not as expected; empty if all is.
    pub complaint: String,
}

impl Measure {
    /// Whether the document has its verdict.
    pub fn as_expected(&self) -> bool {
        self.complaint.is_empty()
    }

    fn read(line: &str) -> Option<Self> {
        let mut fields = line.trim_end().split('\t');
        Some(Self {
            operations: fields.next()?.parse().ok()?,
            types: fields.next()?.parse().ok()?,
            seconds: fields.next()?.parse().ok()?,
            peak: fields.next()?.parse().ok()?,
            lines: fields.next()?.parse().ok()?,
            complaint: fields.next().unwrap_or_default().to_owned(),
        })
    }
}

/// Generates a document in a process of its own.
pub fn of(document: &Document) -> io::Result<Measure> {
    let output = Command::new(env::current_exe()?).args([ONE, &document.name]).output()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Measure::read(&printed).unwrap_or_else(|| {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().find(|line| !line.is_empty()).unwrap_or("no answer").to_owned();
        Measure { complaint: format!("{}: {last}", output.status), ..Measure::default() }
    }))
}

/// Generates the document of this name, writes its crate, and prints the measure.
pub fn one(name: &str) -> io::Result<bool> {
    let corpus = Corpus::find().ok_or_else(|| io::Error::other("no corpus"))?;
    let documents = corpus.documents()?;
    let document = documents.iter().find(|document| document.name == name);
    let document = document.ok_or_else(|| io::Error::other("no such document"))?;
    let verdict = Verdicts::read().map_err(io::Error::other)?.of(document);
    let started = Instant::now();
    let outcome = counterpart::generate(&document.source(), &verdict.options());
    let seconds = started.elapsed().as_secs_f64();
    let complaint = verdict.hold(&outcome).err().unwrap_or_default().replace(['\t', '\n'], " ");
    let mut measure = Measure { seconds, peak: peak(), complaint, ..Measure::default() };
    if let Ok(generated) = outcome {
        count(&generated, &mut measure);
        write(&document.slug(), generated.files)?;
    }
    let Measure { operations, types, seconds, peak, lines, complaint } = measure;
    println!("{operations}\t{types}\t{seconds:.3}\t{peak}\t{lines}\t{complaint}");
    Ok(true)
}

fn count(generated: &Generated, measure: &mut Measure) {
    for file in &generated.files {
        let is_type = |line: &&str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
        match file.path.as_str() {
            "operations.jsonl" => measure.operations = file.text.lines().count(),
            "types.rs" => measure.types = file.text.lines().filter(is_type).count(),
            _ => {}
        }
        if file.path.ends_with(".rs") {
            measure.lines += file.text.lines().count();
        }
    }
}

/// Where crates are written to, and checked.
pub fn out() -> PathBuf {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/corpus");
    env::var_os("COUNTERPART_CORPUS_OUT").map_or(beside, PathBuf::from)
}

fn write(slug: &str, files: Vec<GeneratedFile>) -> io::Result<()> {
    let folder = out().join(slug);
    let runtime = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../generator/runtime").canonicalize()?;
    let package = Package { name: slug.to_owned(), runtime: Runtime::Folder(runtime) };
    for file in package::wrap(files, &[], &package, counterpart::Parts::ALL) {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, file.text)?;
    }
    Ok(())
}

/// Peak memory of this process in MiB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kib.unwrap_or_default() / 1024
}
