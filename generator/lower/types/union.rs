//! `oneOf` and `anyOf`.

use std::collections::BTreeSet;

use counterpart_runtime::Json;

use super::{Lowered, Target, TypeLowering, child, class, object, parts, parts::Parts, tag};
use crate::{
    contract::{Keywords, SchemaId, Type, TypeSet},
    ir::{Rest, TypeId, TypeKind, TypeRef, Union, UnionForm, Usage, Variant, Wish},
};

impl TypeLowering<'_> {
    /// A target whose parts hold unions: nothing but one union, or an object that a union narrows.
    pub(super) fn with_unions(
        &mut self,
        target: &Target,
        usage: Usage,
        place: &[String],
        slot: Option<TypeId>,
        parts: &Parts<'_>,
    ) -> Lowered {
        let unions = parts.unions();
        let alone = !parts.is_conditional() && !parts.list.iter().any(|part| asserts_beside_unions(part));
        if let ([(exactly_one, branches)], true) = (unions.as_slice(), alone) {
            return self.union(target, usage, place, slot, parts, *exactly_one, branches);
        }
        if parts.types.as_deref() == Some(&[Type::Object]) || self.is_object_like(parts) {
            return self.object_or_judged(target, usage, place, slot, parts);
        }
        if let Some(types) = &parts.types
            && types.len() == 2
            && let Some(rest) = super::without(types, Type::Null)
        {
            let accepts_null = target.only(vec![Type::Null]);
            if self.never_null(&accepts_null) {
                return self.lower(&target.only(rest), usage, place);
            }
        }
        self.judged_json(target, usage, place, slot)
    }

    /// `type` is missing, but every branch and the rest speak of objects.
    fn is_object_like(&self, parts: &Parts<'_>) -> bool {
        parts.types.is_none()
            && parts.unions().iter().all(|(_, branches)| {
                branches.iter().all(|id| {
                    Parts::gather(self.contract, &Target::one(*id)).types.as_deref() == Some(&[Type::Object])
                })
            })
    }

    fn object_or_judged(
        &mut self,
        target: &Target,
        usage: Usage,
        place: &[String],
        slot: Option<TypeId>,
        parts: &Parts<'_>,
    ) -> Lowered {
        if parts.any(|part| !part.properties.is_empty() || !part.required.is_empty()) {
            return self.object(target, usage, place, slot, parts);
        }
        self.judged_json(target, usage, place, slot)
    }

    /// No branch of any union accepts null, as far as types tell.
    fn never_null(&self, target: &Target) -> bool {
        let parts = Parts::gather(self.contract, target);
        parts.unions().iter().any(|(_, branches)| {
            branches
                .iter()
                .all(|id| self.kinds_of(*id, &None).is_some_and(|kinds| !kinds.contains(&Type::Null)))
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one schema, taken apart by the caller")]
    fn union(
        &mut self,
        target: &Target,
        usage: Usage,
        place: &[String],
        slot: Option<TypeId>,
        parts: &Parts<'_>,
        exactly_one: bool,
        branches: &[SchemaId],
    ) -> Lowered {
        let only = parts.types.clone();
        // A branch that accepts no value of these types is none.
        let possible = branches.iter().map(|id| (*id, self.kinds_of(*id, &only)));
        let possible = possible.filter(|(_, kinds)| kinds.as_ref().is_none_or(|kinds| !kinds.is_empty()));
        let (branches, kinds): (Vec<SchemaId>, Vec<Option<TypeSet>>) = possible.unzip();
        let branches = branches.as_slice();
        let nulls = kinds.iter().filter(|kinds| kinds.as_deref() == Some(&[Type::Null])).count();
        let blind = kinds.iter().filter(|kinds| accepts_null(kinds)).count() - nulls;
        let null_allowed = only.as_ref().is_none_or(|types| types.contains(&Type::Null));
        if nulls == 1 && branches.len() > 1 && null_allowed && (blind == 0 || !exactly_one) {
            return self.nullable_union(target, usage, place, parts, branches, &kinds);
        }
        let targets: Vec<Target> = branches.iter().map(|id| self.narrowed(*id, only.as_ref())).collect();
        if let [branch] = targets.as_slice() {
            return self.lower(branch, usage, place);
        }
        if let Some(variants) = self.enumerated(&targets, exactly_one) {
            let id = self.named(slot, target, usage, place);
            return self.fill(id, false, TypeKind::StringEnum(variants));
        }
        if !exactly_one && self.has_open_string(&targets, &kinds) {
            return Lowered::exact(TypeRef::String);
        }
        let id = self.named(slot, target, usage, place);
        let form = self.form(parts, &targets, &kinds, exactly_one, usage);
        let names = tag::variant_names(&form).unwrap_or_else(|| self.variant_names(branches, &kinds));
        let mut payloads = Vec::with_capacity(targets.len());
        for (branch, name) in targets.iter().zip(&names) {
            payloads.push(self.closed(branch, usage, &child(place, name)));
        }
        if matches!(form, UnionForm::AnyOf(_) | UnionForm::OneOf(_)) {
            self.keep_others(&targets, &mut payloads);
        }
        let branches = names.into_iter().zip(payloads).collect();
        self.fill(id, false, TypeKind::Union(Union { branches, form }))
    }

    /// One value may be within several branches: a branch keeps the members that only the others name.
    fn keep_others(&mut self, targets: &[Target], payloads: &mut [TypeRef]) {
        let named: Vec<BTreeSet<String>> = targets
            .iter()
            .map(|target| object::members(&Parts::gather(self.contract, target)).into_keys().collect())
            .collect();
        for (index, payload) in payloads.iter_mut().enumerate() {
            let own = named.get(index);
            let others = named.iter().flatten().any(|name| own.is_some_and(|own| !own.contains(name)));
            if !others {
                continue;
            }
            self.keep(payload);
        }
    }

    /// Makes the objects within a payload keep what they do not name.
    fn keep(&mut self, payload: &mut TypeRef) {
        let TypeRef::Named(id) = payload else { return };
        let index = id.0 as usize;
        let Some(def) = self.types.get_mut(index) else { return };
        match (&mut def.kind, &def.wish) {
            (TypeKind::Struct { rest, .. }, Wish::Place(_)) if matches!(rest, Rest::Open) => {
                *rest = Rest::Keep(TypeRef::Json);
            }
            (TypeKind::Struct { rest: Rest::Open, .. }, _) => {
                *payload = TypeRef::Kept(Box::new(payload.clone()));
            }
            (TypeKind::Union(union), Wish::Place(_)) => {
                // Taken out meanwhile, so that a union within itself is met once.
                let mut branches = std::mem::take(&mut union.branches);
                branches.iter_mut().for_each(|(_, payload)| self.keep(payload));
                if let Some(TypeKind::Union(union)) = self.types.get_mut(index).map(|def| &mut def.kind) {
                    union.branches = branches;
                }
            }
            _ => {}
        }
    }

    /// One branch is null: the others, or null.
    fn nullable_union(
        &mut self,
        target: &Target,
        usage: Usage,
        place: &[String],
        parts: &Parts<'_>,
        branches: &[SchemaId],
        kinds: &[Option<TypeSet>],
    ) -> Lowered {
        let mut others =
            branches.iter().zip(kinds).filter(|(_, kinds)| kinds.as_deref() != Some(&[Type::Null]));
        if let (Some((one, _)), None) = (others.next(), others.next()) {
            let only = parts.types.as_ref().and_then(|types| super::without(types, Type::Null));
            return class::nullable(self.lower(&self.narrowed(*one, only.as_ref()), usage, place));
        }
        let all = [Type::Boolean, Type::Integer, Type::Number, Type::String, Type::Array, Type::Object];
        let rest = match &parts.types {
            Some(types) => types.iter().copied().filter(|ty| *ty != Type::Null).collect(),
            None => all.to_vec(),
        };
        let place = if self.is_component(target) { child(place, "Value") } else { place.to_vec() };
        class::nullable(self.lower(&target.only(rest), usage, &place))
    }

    /// The branch for values of these types; the branch itself where it accepts no others.
    fn narrowed(&self, id: SchemaId, only: Option<&TypeSet>) -> Target {
        let own = self.kinds_of(id, &None);
        let within = |only: &TypeSet| {
            own.as_ref().is_some_and(|own| {
                own.iter()
                    .all(|ty| only.contains(ty) || (*ty == Type::Integer && only.contains(&Type::Number)))
            })
        };
        match only {
            Some(only) if !within(only) => Target::all(vec![id], Some(only.clone())),
            _ => Target::one(id),
        }
    }

    /// How the branches are told apart: by JSON type, by a member's value, or by their schemas.
    fn form(
        &mut self,
        parts: &Parts<'_>,
        targets: &[Target],
        kinds: &[Option<TypeSet>],
        exactly_one: bool,
        usage: Usage,
    ) -> UnionForm {
        if let Some(kinds) = disjoint(kinds) {
            return UnionForm::Kinds(kinds);
        }
        let wish = parts.list.iter().find_map(|part| part.discriminator.as_ref());
        if let Some((name, values)) =
            tag::find(self.contract, targets, wish.map(|found| found.property.as_str()))
        {
            return UnionForm::Tag(name, values);
        }
        let roots = targets.iter().map(|target| self.root(target, usage)).collect();
        if exactly_one { UnionForm::OneOf(roots) } else { UnionForm::AnyOf(roots) }
    }

    /// The JSON types that a branch accepts; `None` = cannot be told.
    fn kinds_of(&self, id: SchemaId, only: &Option<TypeSet>) -> Option<TypeSet> {
        let parts = Parts::gather(self.contract, &Target::all(vec![id], only.clone()));
        if parts.types.is_some() {
            return parts.types;
        }
        let mut all = TypeSet::new();
        let (_, branches) = *parts.unions().first()?;
        for branch in branches {
            if *branch == id {
                return None;
            }
            for ty in Parts::gather(self.contract, &Target::one(*branch)).types? {
                if !all.contains(&ty) {
                    all.push(ty);
                }
            }
        }
        Some(all)
    }

    /// All branches are enumerations of strings: one enumeration.
    fn enumerated(&self, targets: &[Target], exactly_one: bool) -> Option<Vec<Variant>> {
        let mut variants: Vec<Variant> = Vec::new();
        for target in targets {
            let parts = Parts::gather(self.contract, target);
            let values = parts.values()?;
            if parts.is_conditional() || !parts.unions().is_empty() || parts.any(parts::asserts_string) {
                return None;
            }
            let keywords = parts.list.first();
            let title = keywords.filter(|_| values.len() == 1).and_then(|part| part.title.clone());
            let docs = keywords.filter(|_| values.len() == 1).and_then(|part| part.description.clone());
            for value in values {
                if !matches!(value, Json::String(_)) {
                    return None;
                }
                if variants.iter().any(|known| known.value == value) {
                    if exactly_one {
                        return None;
                    }
                    continue;
                }
                let docs = docs.clone().or_else(|| title.clone()).unwrap_or_default();
                variants.push(Variant { value, wish: None, docs });
            }
        }
        (!variants.is_empty()).then_some(variants)
    }

    /// `anyOf` of strings of which one may be any string: any string.
    fn has_open_string(&self, targets: &[Target], kinds: &[Option<TypeSet>]) -> bool {
        kinds.iter().all(|kinds| kinds.as_deref() == Some(&[Type::String]))
            && targets.iter().any(|target| {
                let parts = Parts::gather(self.contract, target);
                !parts.is_conditional()
                    && parts.unions().is_empty()
                    && parts.values().is_none()
                    && !parts.any(parts::asserts_string)
            })
    }

    /// Variant names: the component's, the title's, the JSON type's, a number.
    fn variant_names(&self, branches: &[SchemaId], kinds: &[Option<TypeSet>]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (index, (id, kinds)) in branches.iter().zip(kinds).enumerate() {
            let keywords = self.schema(*id).keywords();
            let referred =
                keywords.and_then(|part| part.reference).and_then(|next| self.components.get(&next));
            let wish = referred
                .or_else(|| self.components.get(id))
                .map(|name| (*name).to_owned())
                .or_else(|| tag::constant_name(self.contract, *id))
                .or_else(|| keywords.and_then(|part| part.title.clone()).filter(|title| title.len() < 40))
                .or_else(|| match kinds.as_deref() {
                    Some([ty]) => Some(class::type_name(*ty).to_owned()),
                    _ => None,
                });
            let free = |wish: &String| !names.contains(wish);
            names.push(wish.filter(free).unwrap_or_else(|| format!("Variant{}", index + 1)));
        }
        names
    }
}

fn accepts_null(kinds: &Option<TypeSet>) -> bool {
    kinds.as_ref().is_none_or(|kinds| kinds.contains(&Type::Null))
}

/// The kinds of each branch where no two branches share one.
fn disjoint(kinds: &[Option<TypeSet>]) -> Option<Vec<Vec<&'static str>>> {
    let mut seen: Vec<&'static str> = Vec::new();
    let mut all = Vec::with_capacity(kinds.len());
    for branch in kinds {
        let mut names: Vec<&'static str> = branch.as_ref()?.iter().map(|ty| class::kind_name(*ty)).collect();
        names.dedup();
        if names.iter().any(|name| seen.contains(name)) {
            return None;
        }
        seen.extend(&names);
        all.push(names);
    }
    Some(all)
}

/// Anything but unions, types and annotations.
fn asserts_beside_unions(part: &Keywords) -> bool {
    part.enumeration.is_some()
        || part.constant.is_some()
        || parts::asserts_object(part)
        || parts::asserts_array(part)
        || parts::asserts_string(part)
        || parts::asserts_number(part)
}
