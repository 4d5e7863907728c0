//! Modules by what names begin with: where something stands follows from its name alone, so that it stays there when others
//! come and go.

use std::collections::BTreeMap;

use super::{Ident, case, endpoint::RESERVED_MODULES};

/// What not one of so many has in common is no page of its own.
const FEW: usize = 10;

/// The places of the names that belong together, by their modules: those with the same first letter, or the same first
/// words where more than `crowd` have that. Names are in `snake_case`; `is_taken` says what a module may not be called.
pub fn by_letter(
    names: &[String],
    crowd: usize,
    is_taken: impl Fn(&str) -> bool,
) -> BTreeMap<Ident, Vec<usize>> {
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let mut modules: BTreeMap<Ident, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        let module = module(beginning(name, &sorted, crowd), &is_taken);
        modules.entry(module).or_default().push(place);
    }
    modules
}

/// The first letter of a name, or its first words where more than `crowd` have the letter; but no words that few have.
fn beginning<'n>(name: &'n str, sorted: &[&str], crowd: usize) -> &'n str {
    let count = |beginning: &str| {
        let behind = sorted.get(sorted.partition_point(|other| *other < beginning)..).unwrap_or_default();
        behind.partition_point(|other| other.starts_with(beginning))
    };
    let letter = name.chars().next().and_then(|letter| name.get(..letter.len_utf8())).unwrap_or(name);
    let mut found = letter;
    // With the underscore behind them, so that `web` is no beginning of `website`.
    for words in name.match_indices('_').filter_map(|(end, _)| name.get(..=end)) {
        if count(found) <= crowd || count(words) * FEW < crowd {
            break;
        }
        found = words;
    }
    found.trim_end_matches('_')
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
        let many = (0..30).map(|number| format!("pet_list_{number}"));
        let names: Vec<String> =
            many.chain(["ab", "pet_add", "port", "str", "x"].map(str::to_owned)).collect();
        let modules = |crowd: usize| {
            let found = by_letter(&names, crowd, |module| module == "x");
            found.into_iter().map(|(module, own)| (module.to_string(), own.len())).collect::<Vec<_>>()
        };
        let expected = |modules: &[(&str, usize)]| {
            modules.iter().map(|(module, count)| ((*module).to_owned(), *count)).collect::<Vec<_>>()
        };
        assert_eq!(modules(40), expected(&[("a", 1), ("p", 32), ("s", 1), ("x_", 1)]));
        assert_eq!(modules(31), expected(&[("a", 1), ("p", 1), ("pet", 31), ("s", 1), ("x_", 1)]));
        let listed = [("a", 1), ("p", 1), ("pet", 1), ("pet_list", 30), ("s", 1), ("x_", 1)];
        assert_eq!(modules(20), expected(&listed));
    }
}
