//! Instructions, counted by valgrind: the same on a busy machine as on an idle one. What the kernel does is not seen.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::contest::{Contest, Meter, Way};

/// The word that asks this program to do one thing so many times.
pub const ONCE: &str = "--once";

/// Whether there is a valgrind.
pub fn available() -> bool {
    let found =
        Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

/// Does one thing so many times, and nothing else.
pub fn once(contests: &[Contest], name: &str, way: &str, count: &str) -> ExitCode {
    let contest = contests.iter().find(|contest| contest.name == name).expect("a contest");
    let mut sides = (contest.sides)();
    let side = sides.iter_mut().find(|side| side.way.name() == way).expect("a side");
    (side.run)(count.parse().expect("a number"));
    ExitCode::SUCCESS
}

/// The instructions of one time: what more of them add to what few cost, so that making ready does not count.
pub fn of(contest: &Contest, way: Way) -> Option<f64> {
    let (few, many) = (20, 220);
    Some((counted(contest, way, many)? - counted(contest, way, few)?) / (many - few) as f64)
}

fn counted(contest: &Contest, way: Way, count: u64) -> Option<f64> {
    let folder = std::env::temp_dir().join(format!("test-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--separate-threads=yes", "--fair-sched=try"])
        .arg(format!("--callgrind-out-file={}", folder.join("out").display()))
        .arg(std::env::current_exe().ok()?)
        .args([ONCE, contest.name, way.name(), &count.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let total = status.ok().filter(|status| status.success()).and_then(|_| sum(&folder, contest.meter));
    std::fs::remove_dir_all(&folder).ok()?;
    total
}

/// Adds up the threads that count; the first one is the one that runs the side.
fn sum(folder: &Path, meter: Meter) -> Option<f64> {
    let mut total = 0.0;
    for entry in std::fs::read_dir(folder).ok()? {
        let path = entry.ok()?.path();
        let Some(thread) = path.extension_of_thread() else { continue };
        let counts = match meter {
            Meter::Own => thread == 1,
            Meter::Others => thread != 1,
            Meter::All => true,
        };
        if counts {
            total += totals(&std::fs::read_to_string(path).ok()?);
        }
    }
    Some(total)
}

trait ThreadFile {
    fn extension_of_thread(&self) -> Option<u32>;
}

impl ThreadFile for Path {
    /// `out-01` is the first thread.
    fn extension_of_thread(&self) -> Option<u32> {
        self.file_name()?.to_str()?.strip_prefix("out-")?.parse().ok()
    }
}

fn totals(profile: &str) -> f64 {
    let lines = profile.lines().filter_map(|line| line.strip_prefix("totals: "));
    lines.filter_map(|count| count.trim().parse::<f64>().ok()).sum()
}
