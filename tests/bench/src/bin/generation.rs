//! Measures what generating costs: processor time beside what reading the contract into a `serde_json::Value` and one
//! prettyplease pass over the output take, the peak of memory beside the size of the contract, and how both grow. Where
//! valgrind is installed, instructions are counted as well, which neither a busy machine nor a full cache changes.
//!
//! `cargo run --release --manifest-path tests/bench/Cargo.toml --features generation --bin generation [-- CONTRACT…]`
//! measures a synthetic contract in four sizes, and the contracts that are named, and writes `generation.md`. Each
//! measurement is a process of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use counterpart::{GeneratedFile, Options, Outline, Receiver, Source};

type Failure = Box<dyn std::error::Error>;

/// How often each measurement is made; the best counts.
const ROUNDS: usize = 3;
/// Resources of the synthetic contract of size 1.
const RESOURCES: usize = 100;

/// What the report begins with.
const HEAD: &str = "\
# What generating costs

Written by `cargo run --release --manifest-path tests/bench/Cargo.toml --features generation --bin generation -- CONTRACT…`.
Processor time of whole processes, all threads of them, and the peak of their resident memory; the best of three each.
Instructions are those that valgrind counts, in millions, once.

- **parse + prettyplease**: the contract read into a `serde_json::Value` (not if it is YAML), and the output parsed and
  printed once.
- **generate**: the contract read and checked, types, server and client made, formatted and written.

";

/// What one process has used.
#[derive(Clone, Copy, Debug)]
struct Cost {
    milliseconds: f64,
    /// The peak of its resident memory.
    megabytes: f64,
    /// Instructions in millions, if they could be counted.
    instructions: Option<f64>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--once", what, contract, out] => once(what, Path::new(contract), Path::new(out)),
        contracts => all(contracts),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn all(contracts: &[&str]) -> Result<(), Failure> {
    let folder = env::temp_dir().join(format!("counterpart-generation-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let mut report = Report(HEAD.to_owned());
    report.line(
        "| contract | MB | parse + prettyplease ms | generate ms | ratio | parse + prettyplease M instr. \
         | generate M instr. | ratio | peak MB | ÷ input |",
    );
    report.line("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut growth = Vec::new();
    for fold in [1, 2, 4, 8] {
        let contract = folder.join(format!("synthetic-{fold}.json"));
        fs::write(&contract, synthetic(fold * RESOURCES)?)?;
        let size = fs::metadata(&contract)?.len() as f64;
        growth.push((fold, size, row(&contract, &folder, &mut report)?));
    }
    for contract in contracts {
        row(Path::new(contract), &folder, &mut report)?;
    }
    fs::remove_dir_all(&folder)?;
    report.line("");
    let (_, least, first) = *growth.first().ok_or("nothing was measured")?;
    for (fold, size, cost) in growth {
        let (time, memory) = (cost.milliseconds / first.milliseconds, cost.megabytes / first.megabytes);
        let counted = cost.instructions.zip(first.instructions).map(|(count, first)| count / first);
        let counted = counted.map(|times| format!("{times:.2}-fold instructions, ")).unwrap_or_default();
        report.line(&format!(
            "- {fold}-fold contract, {:.2}-fold bytes: {counted}{time:.2}-fold processor time, \
             {memory:.2}-fold peak of memory",
            size / least
        ));
    }
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/generation.md"), report.0)?;
    Ok(())
}

/// What is printed as it is found, and written in the end.
struct Report(String);

impl Report {
    fn line(&mut self, line: &str) {
        println!("{line}");
        self.0.push_str(line);
        self.0.push('\n');
    }
}

/// Measures a contract and adds its line.
fn row(contract: &Path, folder: &Path, report: &mut Report) -> Result<Cost, Failure> {
    let out = folder.join("out");
    let generate = best("generate", contract, &out)?;
    let reference = best("reference", contract, &out)?;
    fs::remove_dir_all(&out)?;
    let size = fs::metadata(contract)?.len() as f64 / 1e6;
    let number = |number: Option<f64>, digits: usize| match number {
        Some(number) => format!("{number:.digits$}"),
        None => "–".to_owned(),
    };
    let counted = reference.instructions.zip(generate.instructions);
    report.line(&format!(
        "| {} | {size:.2} | {:.0} | {:.0} | {:.2} | {} | {} | {} | {:.0} | {:.1} |",
        contract.file_name().unwrap_or_default().to_string_lossy(),
        reference.milliseconds,
        generate.milliseconds,
        generate.milliseconds / reference.milliseconds,
        number(reference.instructions, 0),
        number(generate.instructions, 0),
        number(counted.map(|(reference, generate)| generate / reference), 2),
        generate.megabytes,
        generate.megabytes / size,
    ));
    Ok(generate)
}

fn best(what: &str, contract: &Path, out: &Path) -> Result<Cost, Failure> {
    let instructions = instructions(what, contract, out);
    let mut best = Cost { milliseconds: f64::INFINITY, megabytes: f64::INFINITY, instructions };
    for _ in 0..ROUNDS {
        let mut child = Command::new(env::current_exe()?);
        let output = child.arg("--once").arg(what).arg(contract).arg(out).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let text = String::from_utf8(output.stdout)?;
        let (time, memory) = text.trim().split_once(' ').ok_or("a measurement said nothing")?;
        best.milliseconds = best.milliseconds.min(time.parse()?);
        best.megabytes = best.megabytes.min(memory.parse()?);
    }
    Ok(best)
}

/// The instructions of a measurement in millions, if there is a valgrind.
fn instructions(what: &str, contract: &Path, out: &Path) -> Option<f64> {
    let mut child = Command::new("valgrind");
    child.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    child.arg(env::current_exe().ok()?).args(["--once", what]).arg(contract).arg(out);
    let told = String::from_utf8(child.output().ok()?.stderr).ok()?;
    // `I refs:`, which older ones write as `I   refs:`.
    let refs = |line: &str| {
        let (what, count) = line.split_once("refs:")?;
        what.trim_end().ends_with('I').then(|| count.chars().filter(char::is_ascii_digit).collect::<String>())
    };
    let count = told.lines().find_map(refs)?;
    Some(count.parse::<f64>().ok()? / 1e6)
}

/// One measurement, in this process.
fn once(what: &str, contract: &Path, out: &Path) -> Result<(), Failure> {
    match what {
        "generate" => generate(contract, out)?,
        "reference" => reference(contract, out)?,
        _ => return Err(format!("there is no measurement `{what}`").into()),
    }
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let milliseconds = used.tv_sec as f64 * 1e3 + used.tv_nsec as f64 / 1e6;
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak of memory")?;
    let peak: f64 = peak.trim().trim_end_matches("kB").trim().parse()?;
    println!("{milliseconds} {}", peak * 1024.0 / 1e6);
    Ok(())
}

/// All of it, as the command line does it.
fn generate(contract: &Path, out: &Path) -> Result<(), Failure> {
    let mut written = Written { out, done: Ok(()) };
    let generated = counterpart::generate_into(&Source::file(contract), &Options::default(), &mut written);
    generated.map_err(|rejected| rejected.to_string())?;
    Ok(written.done?)
}

/// Writes each file when it is finished.
struct Written<'o> {
    out: &'o Path,
    done: io::Result<()>,
}

impl Receiver for Written<'_> {
    fn begin(&mut self, _: &Outline) -> bool {
        self.done = fs::create_dir_all(self.out);
        self.done.is_ok()
    }

    fn file(&mut self, _: usize, file: GeneratedFile) {
        let path = self.out.join(&file.path);
        let folder = path.parent().unwrap_or(self.out);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, &file.text));
        self.done = std::mem::replace(&mut self.done, Ok(())).and(written);
    }
}

/// What cannot be done without: the contract is parsed (unless it is YAML, which serde_json does not read), and the output
/// printed.
fn reference(contract: &Path, out: &Path) -> Result<(), Failure> {
    if contract.extension().is_some_and(|extension| extension == "json") {
        let value: serde_json::Value = serde_json::from_str(&fs::read_to_string(contract)?)?;
        drop(value);
    }
    for path in rust_files(out)? {
        let file = syn::parse_file(&fs::read_to_string(path)?)?;
        std::hint::black_box(prettyplease::unparse(&file));
    }
    Ok(())
}

fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

/// A contract with so many resources, each a schema and four operations.
fn synthetic(resources: usize) -> Result<String, std::fmt::Error> {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for number in 0..resources {
        let comma = if number == 0 { "" } else { "," };
        let name = format!("Record{number}");
        let one = format!("{{\"$ref\":\"#/components/schemas/{name}\"}}");
        let answer = format!(
            r#"{{"200":{{"description":"What was asked for.","content":{{"application/json":{{"schema":{one}}}}}}}}}"#
        );
        let body = format!(r#"{{"required":true,"content":{{"application/json":{{"schema":{one}}}}}}}"#);
        let id = r#"{"name":"id","in":"path","required":true,"description":"Which one.","schema":{"type":"integer","format":"int64","minimum":1}}"#;
        let limit = r#"{"name":"limit","in":"query","description":"How many at most.","schema":{"type":"integer","minimum":1,"maximum":100,"default":20}}"#;
        write!(
            paths,
            r#"{comma}"/records{number}":{{"get":{{"operationId":"list{name}","summary":"Lists them.","parameters":[{limit}],"responses":{answer}}},"post":{{"operationId":"create{name}","requestBody":{body},"responses":{answer}}}}},"/records{number}/{{id}}":{{"parameters":[{id}],"get":{{"operationId":"get{name}","responses":{answer}}},"put":{{"operationId":"replace{name}","requestBody":{body},"responses":{answer}}}}}"#
        )?;
        write!(
            schemas,
            r#"{comma}"{name}":{{"type":"object","required":["id","title","state"],"properties":{{"id":{{"type":"integer","format":"int64","description":"Its number."}},"title":{{"type":"string","minLength":1,"maxLength":200,"description":"What people call it."}},"state":{{"type":"string","enum":["open","closed","archived"]}},"created":{{"type":"string","format":"date-time"}},"labels":{{"type":"array","items":{{"type":"string"}}}},"owner":{{"type":"object","properties":{{"login":{{"type":"string"}},"site":{{"type":["string","null"],"format":"uri"}}}}}},"next":{one}}}}}"#
        )?;
    }
    Ok(format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Records","version":"1"}},"paths":{{{paths}}},"components":{{"schemas":{{{schemas}}}}}}}"#
    ))
}
