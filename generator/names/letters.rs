//! Modules by the letters that names begin with: where something stands follows from its name alone, so that it stays there
//! when others come and go.

use std::collections::BTreeMap;

use super::{Ident, case, endpoint::RESERVED_MODULES};

/// The places of the names that belong together, by their modules: those that begin alike, further letters told apart where
/// more than `crowd` do. `is_taken` says what a module may not be called.
pub fn by_letter(
    names: &[String],
    crowd: usize,
    is_taken: impl Fn(&str) -> bool,
) -> BTreeMap<Ident, Vec<usize>> {
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let mut modules: BTreeMap<Ident, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        let module = module(beginning(name, &sorted, crowd), &is_taken);
        modules.entry(module).or_default().push(place);
    }
    modules
}

/// The shortest beginning of a name that no more than `crowd` have: mostly its first letter.
fn beginning<'n>(name: &'n str, sorted: &[&str], crowd: usize) -> &'n str {
    let ends = name.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let is_crowded = |beginning: &&str| {
        let first = sorted.partition_point(|other| other < beginning);
        sorted.get(first + crowd).is_some_and(|other| other.starts_with(beginning))
    };
    ends.filter_map(|end| name.get(..end)).find(|beginning| !is_crowded(beginning)).unwrap_or(name)
}

fn module(wish: &str, is_taken: impl Fn(&str) -> bool) -> Ident {
    let mut name = wish.to_owned();
    while RESERVED_MODULES.contains(&name.as_str()) || is_taken(&name) {
        name.push('_');
    }
    case::ident(&name, "others")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_begin_with_alike_is_told_apart_later() {
        let names = ["Ab1", "Ab2", "web_c1", "web_c2", "watch", "web", "web_d", "Str", "x"];
        let names = names.map(str::to_owned);
        let found = by_letter(&names, 2, |module| module == "x");
        let found: Vec<_> = found.iter().map(|(module, own)| (module.as_str(), own.as_slice())).collect();
        let expected: [(&str, &[usize]); 7] = [
            ("a", &[0, 1]),
            ("s", &[7]),
            ("wa", &[4]),
            ("web", &[5]),
            ("web_c", &[2, 3]),
            ("web_d", &[6]),
            ("x_", &[8]),
        ];
        assert_eq!(found, expected);
    }
}
