//! The command line: `generate`, `check` and `explain`. Diffs and printed files go to stdout, everything said about
//! them to stderr (findings as JSON go to stdout, one object a line).

mod arguments;
mod console;
mod drift;
mod job;
mod progress;
mod unenforced;
mod writing;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser as _;

use crate::diagnostic::{Code, suggest::did_you_mean};
use crate::{Findings, Rejected, output};
use arguments::{Arguments, Command, Generation};
use console::Console;
use job::Job;
use writing::Writing;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is well.
    Fine = 0,
    /// The contract has errors, or the files on disk differ.
    Findings = 1,
    /// Wrong usage, or the file system refused.
    Usage = 2,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let exit = match Arguments::parse_from(&typed).command {
        Command::Generate { generation, stdout } => generate(&generation, stdout),
        Command::Check { generation } => check(&generation, &drift::fixing_command(&typed)),
        Command::Explain { code } => explain(code.as_deref()),
    };
    ExitCode::from(exit as u8)
}

fn generate(generation: &Generation, stdout: bool) -> Exit {
    let console = Console::new(&generation.output);
    let Some(job) = job::of(generation, stdout, &console) else { return Exit::Usage };
    let Some(folder) = job.out.as_deref().filter(|_| !stdout) else {
        return match run(&job, &console) {
            Ok(files) => printed(output::print(&files, &mut io::stdout().lock()), &console),
            Err(exit) => exit,
        };
    };
    let mut writing = Writing::new(&job, folder);
    let progress = console.progress(&job.spec);
    let result = crate::generate_into(&job.source(), &job.options, &mut writing);
    drop(progress);
    let written = match result {
        Ok(Findings { diagnostics, unenforced, sources }) => {
            console.findings(&diagnostics, &sources);
            console.unenforced(&unenforced, &sources);
            writing.finish()
        }
        Err(rejected) => return self::rejected(&job, rejected, &console),
    };
    match written {
        Ok(done) => {
            console.written(folder, &done);
            Exit::Fine
        }
        Err(error) => {
            console.error(&error.to_string(), None);
            Exit::Usage
        }
    }
}

fn check(generation: &Generation, command: &str) -> Exit {
    let console = Console::new(&generation.output);
    let Some(job) = job::of(generation, false, &console) else { return Exit::Usage };
    let files = match run(&job, &console) {
        Ok(files) => files,
        Err(exit) => return exit,
    };
    let Some(folder) = job.out.as_deref() else { return Exit::Usage };
    match output::check(&files, folder) {
        Ok(found) if found.is_none() => Exit::Fine,
        Ok(found) => {
            console.drift(&found, folder, command);
            Exit::Findings
        }
        Err(error) => {
            console.error(&error.to_string(), None);
            Exit::Usage
        }
    }
}

/// Generates and says what there is to say; the files on disk are not looked at yet.
fn run(job: &Job, console: &Console) -> Result<Vec<crate::GeneratedFile>, Exit> {
    let progress = console.progress(&job.spec);
    let result = crate::generate(&job.source(), &job.options);
    drop(progress);
    match result {
        Ok(generated) => {
            console.findings(&generated.diagnostics, &generated.sources);
            console.unenforced(&generated.unenforced, &generated.sources);
            Ok(job.wrap(generated))
        }
        Err(rejected) => Err(self::rejected(job, rejected, console)),
    }
}

fn rejected(job: &Job, Rejected { diagnostics, sources }: Rejected, console: &Console) -> Exit {
    console.findings(&diagnostics, &sources);
    // A contract that is not there is no finding about a contract.
    if sources.iter().next().is_none() {
        return Exit::Usage;
    }
    console.rejected(&job.spec, &diagnostics);
    Exit::Findings
}

fn explain(name: Option<&str>) -> Exit {
    let console = Console::plain();
    let mut out = io::stdout().lock();
    let Some(name) = name else {
        return printed(Code::all().try_for_each(|code| writeln!(out, "{code}")), &console);
    };
    match Code::named(name) {
        Some(code) => printed(writeln!(out, "{code}\n\n{}", wrapped(code.explain())), &console),
        None => {
            let help = did_you_mean(name, Code::all().map(Code::as_str));
            let help =
                help.unwrap_or_else(|| "`counterpart explain` without a code lists them all".to_owned());
            console.error(&format!("there is no code `{name}`"), Some(&help));
            Exit::Usage
        }
    }
}

/// Breaks a paragraph into lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= 80 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// A reader that closes the pipe early (`| head`) has seen enough.
fn printed(result: io::Result<()>, console: &Console) -> Exit {
    match result {
        Ok(()) => Exit::Fine,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Fine,
        Err(error) => {
            console.error(&format!("cannot write to stdout: {error}"), None);
            Exit::Usage
        }
    }
}
