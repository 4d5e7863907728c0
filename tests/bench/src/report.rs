//! The table, for people and for the repository.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::contest::Way;
use crate::plot;

/// A contest and its outcome.
pub struct Row {
    pub name: &'static str,
    pub scores: Vec<Score>,
}

/// What one way cost, once.
pub struct Score {
    pub way: Way,
    pub nanoseconds: f64,
    /// Of processor time, to that of code by hand.
    pub ratio: f64,
    pub allocations: Option<f64>,
    pub instructions: Option<f64>,
}

/// The head of the table.
pub const HEADER: &str = "\
| | generated | by hand | rivals | **generated : by hand** | in instructions | rivals : generated | allocations, generated / by hand / rivals |
|---|--:|--:|--:|--:|--:|--:|--:|";

impl Row {
    /// The score of a way, if it took part.
    pub fn score(&self, way: Way) -> Option<&Score> {
        self.scores.iter().find(|score| score.way == way)
    }

    fn instructions(&self) -> Option<f64> {
        let count = |way| self.score(way).and_then(|score| score.instructions);
        Some(count(Way::Generated)? / count(Way::ByHand)?)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [generated, by_hand, rivals] =
            [Way::Generated, Way::ByHand, Way::Rivals].map(|way| self.score(way));
        let show = |value: Option<f64>, unit: &str| {
            value.map_or("–".to_owned(), |value| format!("{value:.2}{unit}"))
        };
        let time =
            |score: Option<&Score>| score.map_or("–".to_owned(), |score| microseconds(score.nanoseconds));
        let allocations: Vec<String> = [generated, by_hand, rivals]
            .into_iter()
            .filter_map(|score| score?.allocations.map(|count| format!("{count:.0}")))
            .collect();
        write!(
            f,
            "| {} | {} | {} | {} | **{}** | {} | {} | {} |",
            self.name,
            time(generated),
            time(by_hand),
            time(rivals),
            show(generated.map(|score| score.ratio), ""),
            show(self.instructions(), ""),
            show(generated.zip(rivals).map(|(generated, rivals)| rivals.ratio / generated.ratio), "×"),
            if allocations.is_empty() { "–".to_owned() } else { allocations.join(" / ") },
        )
    }
}

fn microseconds(nanoseconds: f64) -> String {
    let value = nanoseconds / 1000.0;
    let decimals = if value < 10.0 {
        2
    } else if value < 100.0 {
        1
    } else {
        0
    };
    format!("{value:.decimals$} µs")
}

/// Writes the table and the plot.
pub fn write(folder: &Path, rows: &[Row]) -> ExitCode {
    let mut text = format!("{ABOUT}\n{HEADER}\n");
    rows.iter().for_each(|row| text.push_str(&format!("{row}\n")));
    let written = std::fs::write(folder.join("results.md"), text)
        .and_then(|()| std::fs::write(folder.join("results.svg"), plot::svg(rows)));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the results cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

const ABOUT: &str = "\
# Results

Written by `cargo run --release --manifest-path tests/bench/Cargo.toml`. Times are processor time of one thread, medians of
turns that the sides take one after the other; ratios are medians of the ratios of such turns, so that they hold on a busy
machine, too. Instructions are counted by callgrind, those of the kernel are not among them.

- **generated**: code from `shop.json`, which checks everything that the contract says.
- **by hand**: derived structs and `serde_json`, an axum handler with `Path`, `Query` and `Json`, bare reqwest; nothing is checked.
  `serde_json` has `float_roundtrip`, which `jsonschema` switches on; so it reads floats as exactly as generated code does.
  reqwest has the timeouts of the generated client, and its query comes from a struct.
- **rivals**: `serde_json::Value` with `preserve_order`, a `jsonschema` validator compiled before, then `from_value` (`to_value` when writing).

What is served counts for the server's thread, with its system calls, and, where the caller is included, for both ends of
the socket, of which that other one does next to nothing; what is called counts for the client's thread. All threads are
kept on one processor.
";
