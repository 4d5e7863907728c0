//! What a target is, once its parts are known, and the way to what builds it.

use super::{Lowered, Target, TypeLowering, parts, parts::Parts, site::Site, without};
use crate::{
    contract::{Type, TypeSet},
    ir::{TypeId, TypeKind, TypeRef, Union, UnionForm, Usage},
};

impl TypeLowering<'_> {
    /// Builds the type of a target that is no mere reference.
    pub(super) fn build(
        &mut self,
        target: &Target,
        usage: Usage,
        place: &[String],
        slot: Option<TypeId>,
    ) -> Lowered {
        let contract = self.contract;
        let site = Site { target, usage, place, slot, parts: Parts::gather(contract, target) };
        let parts = &site.parts;
        if parts.impossible || parts.types.as_ref().is_some_and(|types| types.is_empty()) {
            return self.judged_json(&site);
        }
        if let Some(values) = parts.values() {
            return self.enumeration(&site, values);
        }
        if let Some(types) = &parts.types
            && types.len() > 1
            && let Some(rest) = without(types, Type::Null)
            && parts.unions().is_empty()
        {
            if !parts.is_conditional() {
                return self.nullable(&site, rest);
            }
            // The conditions are for null as well.
            let id = self.named(&site);
            let inner = self.lower(&target.only(rest), usage, &site.child("Value"));
            return self.fill(id, true, TypeKind::Newtype { inner: nullable(inner).ty, checks: Vec::new() });
        }
        if !parts.unions().is_empty() {
            if let Some(values) = self.constants(parts) {
                return self.enumeration(&site, values);
            }
            return self.with_unions(&site);
        }
        match parts.types.as_deref() {
            // A file has no JSON type (OAS 3.1.2, "Considerations for File Uploads").
            None if usage.is_multipart() && parts.any(super::usage::is_binary) => {
                Lowered::exact(TypeRef::File)
            }
            Some([ty]) => self.of_type(*ty, &site),
            Some(types) => self.of_types(types, &site),
            None => self.untyped(&site),
        }
    }

    /// Null or a value of the other types.
    pub(super) fn nullable(&mut self, site: &Site<'_>, rest: TypeSet) -> Lowered {
        let inner = self.lower(&site.target.only(rest), site.usage, &self.value_place(site));
        nullable(inner)
    }

    /// The place of what a nullable holds: its own, unless that is the name of a component.
    pub(super) fn value_place(&self, site: &Site<'_>) -> Vec<String> {
        match site.target.single().is_some_and(|id| self.homes.carried_by(id).is_some()) {
            true => site.child("Value"),
            false => site.place.to_vec(),
        }
    }

    fn of_type(&mut self, ty: Type, site: &Site<'_>) -> Lowered {
        let parts = &site.parts;
        match ty {
            Type::Object => return self.object(site),
            Type::Array if !parts.is_conditional() => return self.array(site),
            _ if parts.is_conditional() => return self.judged_json(site),
            _ => {}
        }
        match ty {
            Type::Null => Lowered::exact(TypeRef::Null),
            Type::Boolean => Lowered::exact(TypeRef::Bool),
            Type::Integer => self.integer(parts),
            Type::Number => self.number(parts),
            _ => self.string(site.usage, parts),
        }
    }

    /// Values of several types: an enum with a variant for each.
    fn of_types(&mut self, types: &[Type], site: &Site<'_>) -> Lowered {
        let id = self.named(site);
        let mut branches = Vec::new();
        let mut kinds = Vec::new();
        for ty in types {
            if *ty == Type::Integer && types.contains(&Type::Number) {
                continue;
            }
            let name = type_name(*ty);
            let payload = self.closed(&site.target.only([*ty].into()), site.usage, &site.child(name));
            branches.push((name.to_owned(), payload));
            kinds.push(vec![kind_name(*ty)]);
        }
        self.fill(id, false, TypeKind::Union(Union { branches, form: UnionForm::Kinds(kinds) }))
    }

    /// A schema without `type`: it speaks only of values of the types that its keywords are for.
    fn untyped(&mut self, site: &Site<'_>) -> Lowered {
        let parts = &site.parts;
        let others = parts.is_conditional()
            || parts.any(parts::asserts_array)
            || parts.any(parts::asserts_number)
            || parts.any(parts::asserts_string);
        let asserted_format = parts.any(|part| part.format.is_some());
        let object = parts.any(parts::asserts_object);
        if !object && (!others || (asserted_format && self.only_formats(parts))) {
            return Lowered::exact(TypeRef::Json);
        }
        let named = parts.any(|part| !part.properties.is_empty() || !part.required.is_empty());
        if others || !named {
            return self.judged_json(site);
        }
        let id = self.named(site);
        let payload =
            self.closed(&site.target.only([Type::Object].into()), site.usage, &site.child("Object"));
        let branches = vec![("Object".to_owned(), payload), ("Other".to_owned(), TypeRef::Json)];
        let form = UnionForm::Kinds(vec![vec!["object"], vec!["other"]]);
        self.fill(id, false, TypeKind::Union(Union { branches, form }))
    }

    /// Nothing is asserted but formats that this generation does not assert.
    fn only_formats(&self, parts: &Parts<'_>) -> bool {
        let bare = |part: &crate::contract::Keywords| {
            !parts::asserts_array(part)
                && part.min_length.is_none()
                && part.max_length.is_none()
                && part.pattern.is_none()
                && part.minimum.is_none()
                && part.maximum.is_none()
                && part.exclusive_minimum.is_none()
                && part.exclusive_maximum.is_none()
                && part.multiple_of.is_none()
                && super::scalar::asserted(self.options.formats, part).is_none()
        };
        !parts.is_conditional() && parts.list.iter().all(|part| bare(part))
    }
}

/// Makes a lowered type accept null as well.
pub(super) fn nullable(inner: Lowered) -> Lowered {
    if matches!(inner.ty, TypeRef::Nullable(_) | TypeRef::Json | TypeRef::Null) && inner.checks.is_empty() {
        return inner;
    }
    let checks =
        if inner.checks.is_empty() { Vec::new() } else { vec![crate::ir::Check::Inner(inner.checks)] };
    Lowered { ty: TypeRef::Nullable(Box::new(inner.ty)), checks }
}

/// The variant name of a JSON type.
pub(super) fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::Null => "Null",
        Type::Boolean => "Bool",
        Type::Integer => "Integer",
        Type::Number => "Number",
        Type::String => "String",
        Type::Array => "Array",
        Type::Object => "Object",
    }
}

/// The reader's name of a JSON type.
pub(super) fn kind_name(ty: Type) -> &'static str {
    match ty {
        Type::Null => "null",
        Type::Boolean => "bool",
        Type::Integer | Type::Number => "number",
        Type::String => "string",
        Type::Array => "array",
        Type::Object => "object",
    }
}
