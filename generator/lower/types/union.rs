//! `oneOf` and `anyOf`.

use counterpart_runtime::Json;

use super::{Lowered, Target, TypeLowering, class, parts, parts::Parts, select, site::Site, tag};
use crate::{
    contract::{Keywords, SchemaId, Type, TypeSet},
    ir::{TypeKind, TypeRef, Union, UnionForm, Variant},
};

impl TypeLowering<'_> {
    /// A target whose parts hold unions: nothing but one union, or an object that a union narrows.
    pub(super) fn with_unions(&mut self, site: &Site<'_>) -> Lowered {
        let Site { target, usage, place, parts, .. } = site;
        let unions = parts.unions();
        let alone = !parts.is_conditional() && !parts.list.iter().any(|part| asserts_beside_unions(part));
        if let ([(exactly_one, branches)], true) = (unions.as_slice(), alone) {
            return self.union(site, *exactly_one, branches);
        }
        if parts.types.as_deref() == Some(&[Type::Object]) || self.is_object_like(parts) {
            return self.object_or_judged(site);
        }
        if let Some(types) = &parts.types
            && types.len() == 2
            && let Some(rest) = super::without(types, Type::Null)
        {
            let accepts_null = target.only([Type::Null].into());
            if self.never_null(&accepts_null) {
                return self.lower(&target.only(rest), *usage, place);
            }
        }
        self.judged_json(site)
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

    fn object_or_judged(&mut self, site: &Site<'_>) -> Lowered {
        if site.parts.any(|part| !part.properties.is_empty() || !part.required.is_empty()) {
            return self.object(site);
        }
        self.judged_json(site)
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

    fn union(&mut self, site: &Site<'_>, exactly_one: bool, branches: &[SchemaId]) -> Lowered {
        let only = site.parts.types.clone();
        // A branch that accepts no value of these types is none.
        let possible = branches.iter().map(|id| (*id, self.kinds_of(*id, &only)));
        let possible = possible.filter(|(_, kinds)| kinds.as_ref().is_none_or(|kinds| !kinds.is_empty()));
        let (branches, kinds): (Vec<SchemaId>, Vec<Option<TypeSet>>) = possible.unzip();
        let branches = branches.as_slice();
        let nulls = kinds.iter().filter(|kinds| kinds.as_deref() == Some(&[Type::Null])).count();
        let blind = kinds.iter().filter(|kinds| accepts_null(kinds)).count() - nulls;
        let null_allowed = only.as_ref().is_none_or(|types| types.contains(&Type::Null));
        if nulls == 1 && branches.len() > 1 && null_allowed && (blind == 0 || !exactly_one) {
            return self.nullable_union(site, branches, &kinds);
        }
        let targets: Vec<Target> = branches.iter().map(|id| self.narrowed(*id, only.as_ref())).collect();
        if let [branch] = targets.as_slice() {
            return self.lower(branch, site.usage, &self.value_place(site));
        }
        if let Some(variants) = self.enumerated(&targets, exactly_one) {
            let id = self.named(site);
            return self.fill(id, false, TypeKind::StringEnum(variants));
        }
        if !exactly_one && self.has_open_string(&targets, &kinds) {
            return Lowered::exact(TypeRef::String);
        }
        let id = self.named(site);
        let form = self.form(site, &targets, &kinds, exactly_one);
        let names = tag::variant_names(&form).unwrap_or_else(|| self.branch_names(branches, &kinds));
        let mut payloads = Vec::with_capacity(targets.len());
        for (branch, name) in targets.iter().zip(&names) {
            let place = self.within(site, &branch.ids, name);
            payloads.push(self.closed(branch, site.usage, &place));
        }
        if matches!(form, UnionForm::AnyOf(_) | UnionForm::OneOf(_)) {
            self.keeps_others(id, &targets);
        }
        let branches = names.into_iter().zip(payloads).collect();
        self.fill(id, false, TypeKind::Union(Union { branches, form }))
    }

    /// One branch is null: the others, or null.
    fn nullable_union(
        &mut self,
        site: &Site<'_>,
        branches: &[SchemaId],
        kinds: &[Option<TypeSet>],
    ) -> Lowered {
        let parts = &site.parts;
        let mut others =
            branches.iter().zip(kinds).filter(|(_, kinds)| kinds.as_deref() != Some(&[Type::Null]));
        if let (Some((one, _)), None) = (others.next(), others.next()) {
            let only = parts.types.as_ref().and_then(|types| super::without(types, Type::Null));
            return class::nullable(self.lower(
                &self.narrowed(*one, only.as_ref()),
                site.usage,
                &self.value_place(site),
            ));
        }
        let all = [Type::Boolean, Type::Integer, Type::Number, Type::String, Type::Array, Type::Object];
        let rest = match &parts.types {
            Some(types) => types.iter().copied().filter(|ty| *ty != Type::Null).collect(),
            None => all.into(),
        };
        self.nullable(site, rest)
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
        site: &Site<'_>,
        targets: &[Target],
        kinds: &[Option<TypeSet>],
        exactly_one: bool,
    ) -> UnionForm {
        if let Some(kinds) = disjoint(kinds) {
            return UnionForm::Kinds(kinds);
        }
        if let Some((name, values)) = self.selected(site, targets) {
            return UnionForm::Tag(name, values);
        }
        let wish = site.parts.list.iter().find_map(|part| part.discriminator.as_ref());
        if let Some((name, values)) =
            tag::find(self.contract, targets, wish.map(|found| found.property.as_str()))
        {
            return UnionForm::Tag(name, values);
        }
        let roots = targets.iter().map(|target| self.root(target, site.usage)).collect();
        if exactly_one { UnionForm::OneOf(roots) } else { UnionForm::AnyOf(roots) }
    }

    /// What the discriminator calls the targets, where it selects.
    fn selected(&self, site: &Site<'_>, targets: &[Target]) -> Option<(String, Vec<Vec<String>>)> {
        let part = site.parts.list.iter().find(|part| part.discriminator.is_some())?;
        let branches = if part.one_of.is_empty() { &part.any_of } else { &part.one_of };
        let (name, names) = select::names(self.contract, self.options, part, branches)?;
        let of = |target: &Target| {
            let at = branches.iter().position(|branch| target.ids.as_slice() == [*branch])?;
            names.get(at).filter(|names| !names.is_empty()).cloned()
        };
        let values = targets.iter().map(of).collect::<Option<Vec<Vec<String>>>>()?;
        Some((name, values))
    }

    /// The JSON types that a branch accepts; `None` = cannot be told.
    fn kinds_of(&self, id: SchemaId, only: &Option<TypeSet>) -> Option<TypeSet> {
        let parts = Parts::gather(self.contract, &Target::all(vec![id], only.clone()));
        if parts.types.is_some() {
            return parts.types;
        }
        let mut all = TypeSet::default();
        let (_, branches) = *parts.unions().first()?;
        for branch in branches {
            if *branch == id {
                return None;
            }
            for ty in Parts::gather(self.contract, &Target::one(*branch)).types?.iter() {
                all.push(*ty);
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
            let alone = keywords.filter(|_| values.len() == 1);
            let docs = alone.and_then(|part| part.description.or(part.title)).unwrap_or_default();
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
                variants.push(Variant { value, wish: None, docs: docs.to_owned() });
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
