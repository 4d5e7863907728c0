//! Measures what generated code costs beside the same thing by hand, and beside the way of other generators.
//!
//! `cargo run --release --manifest-path tests/bench/Cargo.toml` runs everything and writes `results.md` and
//! `results.svg`; a word behind `--` runs what has it in its name, and writes nothing.

mod allocations;
mod bodies;
mod by_hand;
mod client;
mod contest;
mod instructions;
mod measure;
mod plot;
mod report;
mod samples;
mod server;
mod wire;

counterpart_runtime::include_contract!(
    #[allow(dead_code)]
    shop
);

use std::path::Path;
use std::process::ExitCode;

use contest::Contest;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let contests = [bodies::contests(), server::contests(), client::contests()].concat();
    match words.as_slice() {
        [instructions::ONCE, contest, side, count] => instructions::once(&contests, contest, side, count),
        [] => {
            let results = run(&contests, "");
            report::write(Path::new(env!("CARGO_MANIFEST_DIR")), &results)
        }
        [wanted] => {
            run(&contests, wanted);
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("usage: test-bench [part of a name]");
            ExitCode::from(2)
        }
    }
}

fn run(contests: &[Contest], wanted: &str) -> Vec<report::Row> {
    measure::stay_on_one_processor();
    if !instructions::available() {
        println!("valgrind was not found: instructions are not counted");
    }
    println!("{}", report::HEADER);
    let mut rows = Vec::new();
    for contest in contests.iter().filter(|contest| contest.name.contains(wanted)) {
        let row = measure::contest(contest);
        println!("{row}");
        rows.push(row);
    }
    rows
}
