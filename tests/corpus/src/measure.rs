//! Generating one document in a process of its own, so that its peak memory is its own too.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;
use std::{env, fs, io};

use counterpart::diagnostic::{Code, Diagnostics, Severity};
use counterpart::unenforced::Reason;
use counterpart::{Generated, GeneratedFile, Rejected};
use test_corpus::{Corpus, Document, Verdict, Verdicts};

/// The argument that makes this program generate a single document.
pub const ONE: &str = "--one";

/// What generating a document came to.
#[derive(Debug, Default)]
pub struct Measure {
    /// Operations and webhooks.
    pub operations: usize,
    /// Structs and enumerations in `types.rs`, or the folder `types`.
    pub types: usize,
    /// How long it took.
    pub seconds: f64,
    /// The peak of resident memory in MiB; 0 where the system does not tell.
    pub peak: usize,
    /// Lines of Rust.
    pub lines: usize,
    /// Places with something that the standard defines and that is not enforced.
    pub unenforced: usize,
    /// Bodies with a schema that no standard maps to their format.
    pub undefined: usize,
    /// Whether it was refused.
    pub refused: bool,
    /// What is not as expected; empty if all is.
    pub complaint: String,
}

impl Measure {
    /// Whether the document has its verdict.
    pub fn as_expected(&self) -> bool {
        self.complaint.is_empty()
    }

    fn write(&self) -> String {
        let Self { operations, types, seconds, peak, lines, unenforced, undefined, refused, complaint } =
            self;
        format!(
            "{operations}\t{types}\t{seconds:.3}\t{peak}\t{lines}\t{unenforced}\t{undefined}\t{refused}\t{complaint}"
        )
    }

    fn read(line: &str) -> Option<Self> {
        let mut fields = line.trim_end_matches('\n').split('\t');
        Some(Self {
            operations: fields.next()?.parse().ok()?,
            types: fields.next()?.parse().ok()?,
            seconds: fields.next()?.parse().ok()?,
            peak: fields.next()?.parse().ok()?,
            lines: fields.next()?.parse().ok()?,
            unenforced: fields.next()?.parse().ok()?,
            undefined: fields.next()?.parse().ok()?,
            refused: fields.next()?.parse().ok()?,
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

/// Generates the document of this name, writes its module, and prints the measure.
pub fn one(name: &str) -> io::Result<bool> {
    let corpus = Corpus::find().ok_or_else(|| io::Error::other("no corpus"))?;
    let document = corpus.document(name.to_owned());
    let verdicts = Verdicts::read().map_err(io::Error::other)?;
    let verdict = verdicts.of(&document);
    let started = Instant::now();
    let outcome = counterpart::generate(&document.source(), &verdict.options());
    let mut measure =
        Measure { seconds: started.elapsed().as_secs_f64(), peak: peak(), ..Measure::default() };
    measure.refused = outcome.is_err();
    measure.complaint = complaint(&document, &verdict, &outcome, measure.seconds).replace(['\t', '\n'], " ");
    if let Ok(generated) = outcome {
        count(&generated, &mut measure);
        write(&document.slug(), &generated.files)?;
    }
    println!("{}", measure.write());
    Ok(true)
}

fn complaint(
    document: &Document,
    verdict: &Verdict,
    outcome: &Result<Generated, Rejected>,
    seconds: f64,
) -> String {
    // The bound that `bad/expect.md` sets.
    if seconds > 2.0 && document.is_broken() {
        return format!("took {seconds:.1} s");
    }
    if let Err(complaint) = verdict.hold(outcome) {
        return complaint;
    }
    let (Ok(Generated { diagnostics, sources, .. }) | Err(Rejected { diagnostics, sources })) = outcome;
    let placeless = |item: &&counterpart::diagnostic::Diagnostic| {
        item.severity == Severity::Error && sources.line_column(item.at).is_none()
    };
    match diagnostics.iter().find(placeless) {
        Some(item) => format!("an error without a place: {}", item.message),
        None if has_defect(diagnostics) => "a defect of the generator".to_owned(),
        None => String::new(),
    }
}

fn has_defect(diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().any(|item| item.code == Code::DEFECT)
}

fn count(generated: &Generated, measure: &mut Measure) {
    for file in &generated.files {
        let is_type = |line: &&str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
        match file.path.as_str() {
            "operations.jsonl" => measure.operations = file.text.lines().count(),
            path if path.starts_with("types") => measure.types += file.text.lines().filter(is_type).count(),
            _ => {}
        }
        if file.path.ends_with(".rs") {
            measure.lines += file.text.lines().count();
        }
    }
    let places = |reason| {
        let listed = generated.unenforced.iter().filter(move |item| item.reason == reason);
        listed.map(|item| item.at.len()).sum()
    };
    measure.unenforced = places(Reason::Unsupported);
    measure.undefined = places(Reason::Undefined);
}

/// Where modules and crates are written to.
pub fn out() -> PathBuf {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/corpus");
    env::var_os("COUNTERPART_CORPUS_OUT").map_or(beside, PathBuf::from)
}

/// Where the module of a document is.
pub fn module(slug: &str) -> PathBuf {
    out().join("modules").join(slug)
}

/// Writes a module.
pub fn write(slug: &str, files: &[GeneratedFile]) -> io::Result<()> {
    let folder = module(slug);
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &file.text)?;
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
