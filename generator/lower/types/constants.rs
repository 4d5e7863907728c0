//! Unions of constants: an enumeration that says of each value what it is called. `oneOf: [{const: 1, title: Red}, …]`.

use counterpart_runtime::Json;

use super::{branch::TITLE, parts, parts::Parts};
use crate::{
    contract::{Contract, Keywords, SchemaBody, Type},
    ir::Variant,
};

/// One of the values.
pub(super) struct Constant<'c> {
    pub value: &'c Json,
    title: Option<&'c str>,
    description: Option<&'c str>,
}

impl Constant<'_> {
    /// The variant of an enumeration. A string says best itself what it is.
    pub fn variant(&self) -> Variant {
        let title = self.title.filter(|title| self.value.as_str().is_none() && title.len() < TITLE);
        Variant {
            wish: title.map(str::to_owned),
            docs: self.description.or(self.title.filter(|_| title.is_none())).unwrap_or_default().to_owned(),
            value: self.value.clone(),
        }
    }
}

/// The values of the only union, if each of its branches is a scalar and nothing else.
pub(super) fn of<'c>(contract: &'c Contract<'c>, parts: &Parts<'c>) -> Option<Vec<Constant<'c>>> {
    let [(_, branches)] = parts.unions().try_into().ok()?;
    let mut constants: Vec<Constant<'c>> = Vec::with_capacity(branches.len());
    for id in branches {
        let SchemaBody::Object(keywords) = &contract.schemas.get(*id).body else { return None };
        let types = parts.types.as_deref();
        if keywords.types.as_deref() == Some(&[Type::Null])
            && types.is_some_and(|types| !types.contains(&Type::Null))
        {
            continue;
        }
        let constant = constant(keywords)?;
        if constants.iter().any(|known| known.value == constant.value) {
            return None;
        }
        constants.push(constant);
    }
    Some(constants)
}

fn constant<'c>(keywords: &'c Keywords<'c>) -> Option<Constant<'c>> {
    let value = match (&keywords.constant, keywords.enumeration.as_deref()) {
        (Some(value), None) | (None, Some([value])) => value,
        _ => return None,
    };
    let scalar = matches!(value, Json::String(_) | Json::Number(_) | Json::Bool(_));
    let ty = parts::type_of(value);
    let allowed = keywords
        .types
        .as_deref()
        .is_none_or(|types| types.contains(&ty) || (ty == Type::Integer && types.contains(&Type::Number)));
    let alone = keywords.in_place().next().is_none()
        && !parts::asserts_object(keywords)
        && !parts::asserts_array(keywords)
        && !parts::asserts_string(keywords)
        && !parts::asserts_number(keywords);
    (scalar && allowed && alone).then_some(Constant {
        value,
        title: keywords.title,
        description: keywords.description,
    })
}
