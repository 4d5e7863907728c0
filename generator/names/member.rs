//! Names of fields and variants: one scope for each type.

use std::collections::BTreeMap;

use crate::names::Ident;
use counterpart_runtime::Json;

use super::{another, case, scope::Scope};
use crate::{
    diagnostic::{Code, Diagnostics},
    ir::{TypeDef, TypeKind, Variant},
};

/// A type whose members are being named.
pub(super) struct Owner<'a> {
    pub def: &'a TypeDef,
    /// Names from the configuration.
    pub chosen: &'a BTreeMap<String, String>,
    pub diagnostics: &'a mut Diagnostics,
}

impl Owner<'_> {
    /// The identifiers of its fields or variants, in order.
    pub fn members(&mut self, scope: &mut Scope) -> Vec<Ident> {
        let spell = match self.def.kind {
            TypeKind::Struct { .. } => case::snake,
            _ => case::pascal,
        };
        self.settle(wishes(self.def), scope, spell)
    }

    /// Identifiers for wire names and the words that stand for them; what had to be numbered is reported.
    fn settle(
        &mut self,
        members: Vec<(String, String)>,
        scope: &mut Scope,
        spell: fn(&str) -> Ident,
    ) -> Vec<Ident> {
        let owner = self.def.wish.key();
        let claims: Vec<Claim> = members
            .iter()
            .map(|(wire, wish)| match self.chosen.get(&format!("{owner}::{wire}")) {
                Some(chosen) => Claim { rank: Rank::Chosen, wish: case::ident(chosen, "unnamed") },
                None => Claim::of(wish, spell),
            })
            .collect();
        let settled = settle(&claims, scope);
        for (((wire, _), claim), (ident, numbered)) in members.iter().zip(&claims).zip(&settled) {
            if *numbered {
                let message = format!("`{wire}` and another member are both `{}` in Rust", claim.wish);
                let help = another(ident, &format!("{owner}::{wire}"));
                self.diagnostics
                    .warning_once(Code::NAME_COLLISION, &message.clone(), self.def.at, message)
                    .help(help);
            }
        }
        settled.into_iter().map(|(ident, _)| ident).collect()
    }
}

/// The wire names of a type's members, and the words that stand for them.
pub(super) fn wishes(def: &TypeDef) -> Vec<(String, String)> {
    let own = |text: &String| (text.clone(), text.clone());
    match &def.kind {
        TypeKind::Struct { fields, .. } => fields.iter().map(|field| own(&field.wire)).collect(),
        TypeKind::StringEnum(variants) | TypeKind::LiteralEnum(variants) => {
            variants.iter().map(|variant| (text(&variant.value), variant_wish(variant))).collect()
        }
        TypeKind::Union(union) => union.branches.iter().map(|(wish, _)| own(wish)).collect(),
        TypeKind::Newtype { .. } | TypeKind::Alias(_) => Vec::new(),
    }
}

/// Identifiers for texts that no configuration names.
pub(super) fn plain(texts: &[&str], spell: fn(&str) -> Ident) -> Vec<Ident> {
    let claims: Vec<Claim> = texts.iter().map(|text| Claim::of(text, spell)).collect();
    settle(&claims, &mut Scope::default()).into_iter().map(|(ident, _)| ident).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// By the configuration.
    Chosen,
    /// The text is its own identifier.
    Exact,
    Derived,
}

struct Claim {
    rank: Rank,
    wish: Ident,
}

impl Claim {
    fn of(text: &str, spell: fn(&str) -> Ident) -> Self {
        let wish = spell(text);
        let exact = wish.to_string().trim_start_matches("r#") == text;
        Self { rank: if exact { Rank::Exact } else { Rank::Derived }, wish }
    }
}

/// By rank, then in the order of the document; with each identifier whether it had to be numbered.
fn settle(claims: &[Claim], scope: &mut Scope) -> Vec<(Ident, bool)> {
    let mut idents: Vec<Option<(Ident, bool)>> = vec![None; claims.len()];
    for rank in [Rank::Chosen, Rank::Exact, Rank::Derived] {
        for (claim, slot) in claims.iter().zip(&mut idents).filter(|(claim, _)| claim.rank == rank) {
            *slot = Some(scope.take(&claim.wish));
        }
    }
    idents.into_iter().flatten().collect()
}

fn variant_wish(variant: &Variant) -> String {
    if let Some(wish) = &variant.wish {
        return wish.clone();
    }
    match &variant.value {
        Json::String(text) if text.is_empty() => "Empty".to_owned(),
        Json::String(text) if text.trim().is_empty() => "Blank".to_owned(),
        Json::Null => "Null".to_owned(),
        Json::Number(number) => number.to_string().replace('.', " point "),
        Json::Array(_) => "Array".to_owned(),
        Json::Object(_) => "Object".to_owned(),
        value => text(value),
    }
}

fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
