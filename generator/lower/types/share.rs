//! Inline types with one definition are written once. Every place keeps its name, as an alias of the one that is
//! written out, so that what is added elsewhere takes no name away.

use std::collections::BTreeMap;

use counterpart_runtime::Json;

use crate::ir::{TypeDef, TypeId, TypeKind, TypeRef, Variant, Wish};

/// Enumerations of no more values than this are named for them: `ReadOrWrite`.
const FEW: usize = 4;

/// Longest name of that kind.
const LONGEST: usize = 40;

/// Makes aliases of all inline types but one of each definition.
pub(super) fn once(types: &mut Vec<TypeDef>) {
    let classes = classes(types);
    let wishes = wishes(types, &classes);
    for (class, wish) in classes.into_iter().zip(wishes) {
        let Some(first) = class.iter().copied().min_by_key(|index| rank(types, *index)) else { continue };
        let kept = wish.map_or(first, |wish| add(types, first, wish));
        speak_for_all(types, kept, &class);
        let target = TypeRef::Named(type_id(kept));
        for index in class.into_iter().filter(|index| *index != kept) {
            if let Some(def) = types.get_mut(index) {
                def.kind = TypeKind::Alias(target.clone());
            }
        }
    }
}

/// For each class the name that its values give it. Where two would be named alike, both stay with their places.
fn wishes(types: &[TypeDef], classes: &[Vec<usize>]) -> Vec<Option<Wish>> {
    let named: Vec<Option<String>> = classes
        .iter()
        .map(|class| class.first().and_then(|index| types.get(*index)).and_then(name_of_values))
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in named.iter().flatten() {
        *counts.entry(letters(name)).or_default() += 1;
    }
    let alone = |name: &String| counts.get(&letters(name)) == Some(&1);
    named.into_iter().map(|name| name.filter(alone).map(Wish::Values)).collect()
}

/// What is left of a name in any spelling.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Inline types that have one definition, two or more each, in the order of their first.
fn classes(types: &[TypeDef]) -> Vec<Vec<usize>> {
    // What decides alike has one root, and enumerations have that do without: only such types are compared.
    let mut groups: BTreeMap<(Option<u32>, String), Vec<usize>> = BTreeMap::new();
    for (index, def) in types.iter().enumerate() {
        if matches!(def.wish, Wish::Place(_)) && !matches!(def.kind, TypeKind::Alias(_)) {
            let group = match bare_values(def) {
                Some(values) => (None, values),
                None => (Some(def.root), String::new()),
            };
            groups.entry(group).or_default().push(index);
        }
    }
    groups.retain(|_, members| members.len() > 1);
    let mut first: Vec<usize> = (0..types.len()).collect();
    // Once two types are one, those that hold them may be one as well.
    let mut found = true;
    while found {
        found = groups.values().filter(|members| unite(types, members, &mut first)).count() > 0;
    }
    let mut classes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in groups.into_values().flatten() {
        classes.entry(first.get(index).copied().unwrap_or(index)).or_default().push(index);
    }
    classes.into_values().filter(|class| class.len() > 1).collect()
}

/// Finds equal definitions among some types; whether there were any that were not known before.
fn unite(types: &[TypeDef], members: &[usize], first: &mut [usize]) -> bool {
    let mut distinct: Vec<(usize, bool, TypeKind)> = Vec::new();
    let mut found = false;
    for index in members {
        let Some(def) = types.get(*index).filter(|_| first.get(*index) == Some(index)) else { continue };
        let mut kind = def.kind.clone();
        for id in kind.named_mut() {
            if let Some(other) = first.get(id.0 as usize) {
                *id = type_id(*other);
            }
        }
        match distinct.iter().find(|(_, judged, other)| *judged == def.judged && *other == kind) {
            Some((known, ..)) => {
                if let Some(slot) = first.get_mut(*index) {
                    *slot = *known;
                    found = true;
                }
            }
            None => distinct.push((*index, def.judged, kind)),
        }
    }
    found
}

/// The place with the fewest words comes first, then the shortest, then the alphabet.
fn rank(types: &[TypeDef], index: usize) -> (usize, usize, &[String]) {
    match types.get(index).map(|def| &def.wish) {
        Some(Wish::Place(words)) => (words.len(), words.iter().map(String::len).sum(), words),
        _ => (usize::MAX, 0, &[]),
    }
}

/// A type for a definition that no place lends its name.
fn add(types: &mut Vec<TypeDef>, like: usize, wish: Wish) -> usize {
    let index = types.len();
    if let Some(def) = types.get(like).cloned() {
        types.push(TypeDef { wish, ..def });
    }
    index
}

/// Documentation that only some places have stays with them: it is that of a member or a parameter too.
fn speak_for_all(types: &mut [TypeDef], kept: usize, class: &[usize]) {
    let all = || class.iter().filter_map(|index| types.get(*index));
    let deprecated = all().all(|def| def.deprecated);
    let agreed = types.get(kept).is_some_and(|kept| all().all(|def| def.docs == kept.docs));
    if let Some(def) = types.get_mut(kept) {
        def.deprecated = deprecated;
        if !agreed {
            def.docs.clear();
        }
    }
}

/// The values of an enumeration that they alone decide, whatever else its schema says (null is up to who uses it).
fn bare_values(def: &TypeDef) -> Option<String> {
    let values = |variants: &[Variant]| {
        variants.iter().map(|variant| variant.value.to_string()).collect::<Vec<_>>().join(",")
    };
    match &def.kind {
        TypeKind::StringEnum(variants) | TypeKind::LiteralEnum(variants) if !def.judged => {
            Some(values(variants))
        }
        _ => None,
    }
}

/// The name of an enumeration of a few words: `asc or desc`, `const list`. Those of which more is said, whose values
/// have names or documentation, are no common ones.
fn name_of_values(def: &TypeDef) -> Option<String> {
    let (TypeKind::StringEnum(variants) | TypeKind::LiteralEnum(variants)) = &def.kind else { return None };
    if def.judged || variants.iter().any(|variant| variant.wish.is_some() || !variant.docs.is_empty()) {
        return None;
    }
    let words: Vec<String> = variants.iter().map(word).collect::<Option<_>>()?;
    let name = match words.as_slice() {
        [one] => format!("const {one}"),
        // `and or or`
        many if many.iter().any(|word| word == "or") => return None,
        many => many.join(" or "),
    };
    (variants.len() <= FEW && name.len() <= LONGEST).then_some(name)
}

/// The value as a word, if it is one.
fn word(variant: &Variant) -> Option<String> {
    let text = match &variant.value {
        Json::String(text) if text.is_empty() => "empty".to_owned(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Bool(value) => value.to_string(),
        _ => return None,
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | ' ');
    (text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.chars().all(plain)).then_some(text)
}

fn type_id(index: usize) -> TypeId {
    TypeId(u32::try_from(index).unwrap_or(u32::MAX))
}
