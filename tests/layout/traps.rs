use std::collections::BTreeSet;
use std::fs;

use super::{assert_none, collect};
use crate::support::root;

/// The forty places where generators go wrong, and fourteen short ones, each have a test with their number: `t24_…`,
/// `o07_…`.
#[test]
fn every_trap_has_a_test() {
    let mut paths = Vec::new();
    collect(&root().join("tests"), &mut paths);
    let mut tested = BTreeSet::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().map(str::trim_start);
        let names = lines.filter_map(|line| line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn "));
        for name in names {
            tested.extend(name.split('_').take_while(|part| is_number(part)).map(str::to_owned));
        }
    }
    let traps = (1..=40).map(|number| format!("t{number:02}"));
    let short = (1..=14).map(|number| format!("o{number:02}"));
    let missing: Vec<String> = traps.chain(short).filter(|trap| !tested.contains(trap)).collect();
    assert_none("every trap has a test with its number", &missing);
}

fn is_number(part: &str) -> bool {
    let digits = part.strip_prefix(['t', 'o']);
    digits.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
