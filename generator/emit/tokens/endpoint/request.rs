//! The server's side of a request: its struct, and how a handler fills it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Operation, part_docs, place};
use crate::{
    emit::tokens::{Scope, checks, or, value},
    ir::{Access, BodyInput, BodyKind, BodyVariant, Input, Place, TypeRef},
    names::{Ident, InputName},
};

impl<'a> Operation<'a> {
    /// Members of the request struct.
    pub fn request_fields(&self) -> TokenStream {
        let principal = match self.endpoint.access {
            Access::Public => None,
            Access::Required => Some(quote! { #[doc = " Who calls."] pub principal: P, }),
            Access::Optional => {
                Some(quote! { #[doc = " Who calls, where credentials were sent."] pub principal: Option<P>, })
            }
        };
        let inputs = self.inputs().map(|(input, names)| {
            let docs = part_docs(&input.docs, &self.input_title(input), input.deprecated);
            let name = &names.field;
            let ty = self.input_type(input);
            quote!(#docs pub #name: #ty,)
        });
        let body = self.endpoint.body.as_ref().map(|body| {
            let docs = part_docs(&body.docs, "The body.", false);
            let ty = self.request_body_type(body);
            let ty = if body.required || always_there(body) { ty } else { quote!(Option<#ty>) };
            quote!(#docs pub body: #ty,)
        });
        quote! {
            #principal
            #(#inputs)*
            #body
            #[doc = " Everything else about the call."]
            pub context: Context,
        }
    }

    /// The enum over kinds of request body, where there are several.
    pub fn request_body_enum(&self) -> TokenStream {
        match &self.endpoint.body {
            Some(body) if body.variants.len() > 1 => {
                let docs = format!("Body of {}.", self.title());
                self.body_enum(&self.own.body, &docs, &body.variants, &self.own.media)
            }
            _ => TokenStream::new(),
        }
    }

    /// The expression that makes the request of a call. All of it is read before any of it is looked at, so that a
    /// request that is wrong in several places learns of each.
    pub fn request_read(&self) -> TokenStream {
        let inputs = self.inputs().map(|(input, names)| {
            let wire = &input.wire;
            let method = match (input.place, input.required) {
                (Place::Path, _) => format_ident!("path"),
                (place_, true) => format_ident!("required_{}", place(place_)),
                (place_, false) => format_ident!("{}", place(place_)),
            };
            let ty = self.ty(&input.ty);
            let read = match checks::typed_closure(&input.checks, &input.ty, &ty) {
                Some(check) => quote!(call.#method((#wire, #check))),
                None => quote!(call.#method(#wire)),
            };
            (read, &names.local)
        });
        let name = Ident::new("body");
        let body = self.endpoint.body.as_ref().map(|body| (self.body_read(body), &name));
        let (reads, locals): (Vec<_>, Vec<_>) = inputs.chain(body).unzip();
        let values = self.request_values();
        match (reads.as_slice(), locals.as_slice()) {
            ([], _) => quote!(Ok(Self { #values })),
            ([read], [local]) => quote! {
                match #read {
                    Ok(#local) => Ok(Self { #values }),
                    Err(invalid) => Err(invalid),
                }
            },
            _ => quote! {
                match (#(#reads),*) {
                    (#(Ok(#locals)),*) => Ok(Self { #values }),
                    _ => Err(Invalid),
                }
            },
        }
    }

    /// The members of the request struct with their values.
    fn request_values(&self) -> TokenStream {
        let principal = (self.endpoint.access != Access::Public).then(|| quote!(principal,));
        let inputs = self.inputs().map(|(input, names)| {
            let InputName { field, local, .. } = names;
            let value = match (input.required, self.default(input), &input.ty) {
                (true, _, _) => quote!(#local),
                (false, Some(default), _) => or(&quote!(#local), &default),
                (false, None, TypeRef::Nullable(_)) => quote!(#local.flatten()),
                (false, None, _) => quote!(#local),
            };
            if field.as_str() == value.to_string() { quote!(#field,) } else { quote!(#field: #value,) }
        });
        let body = self.endpoint.body.as_ref().map(|_| quote!(body,));
        quote!(#principal #(#inputs)* #body context: call.context())
    }

    /// Whether a parameter is checked where it is read.
    pub fn checks_anything(&self) -> bool {
        self.endpoint.parameters.iter().any(|input| !input.checks.is_empty())
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = (&'a Input, &'a InputName)> + use<'a> {
        self.endpoint.parameters.iter().zip(&self.own.inputs)
    }

    pub(super) fn input_title(&self, input: &Input) -> String {
        match input.place {
            Place::Querystring => "The whole query string.".to_owned(),
            other => format!("`{}` in the {}.", input.wire, place(other)),
        }
    }

    fn input_type(&self, input: &Input) -> TokenStream {
        let ty = self.ty(&input.ty);
        match &input.ty {
            // Text has no null: it would be the same as absent.
            TypeRef::Nullable(_) => ty,
            _ if input.required || self.default(input).is_some() => ty,
            _ => quote!(Option<#ty>),
        }
    }

    fn default(&self, input: &Input) -> Option<TokenStream> {
        let default = input.default.as_ref().filter(|_| !input.required)?;
        value(&input.ty, default, self.ir, self.names, Scope::Outside)
    }

    fn request_body_type(&self, body: &BodyInput) -> TokenStream {
        match body.variants.as_slice() {
            [only] => self.body_type(only),
            _ => {
                let name = &self.own.body;
                quote!(#name)
            }
        }
    }

    fn body_read(&self, body: &BodyInput) -> TokenStream {
        let optional = !body.required && !always_there(body);
        let [only] = body.variants.as_slice() else {
            return self.several_read(body, optional);
        };
        let method = if optional {
            format_ident!("optional_{}", method(only))
        } else {
            format_ident!("{}", method(only))
        };
        quote!(call.#method())
    }

    /// The kind that was sent decides; a kind that was not declared fails in whatever arm comes last.
    fn several_read(&self, body: &BodyInput, optional: bool) -> TokenStream {
        let name = &self.own.body;
        let last = body.variants.len().saturating_sub(1);
        let arms = body.variants.iter().zip(&self.own.media).enumerate().map(|(at, (variant, kind))| {
            let names = &variant.media;
            let pattern = if at == last { quote!(_) } else { quote!(#(#names)|*) };
            let method = format_ident!("{}", method(variant));
            let some = optional.then(|| quote!(.map(Some)));
            quote!(#pattern => call.#method().map(#name::#kind)#some,)
        });
        let absent = optional.then(|| quote!(_ if !call.has_body() => Ok(None),));
        quote!(match call.media() { #absent #(#arms)* })
    }
}

/// A sequence that nobody sent is an empty one.
fn always_there(body: &BodyInput) -> bool {
    let sequences = [BodyKind::JsonLines, BodyKind::JsonSeq, BodyKind::Events, BodyKind::EventData];
    matches!(body.variants.as_slice(), [only] if sequences.contains(&only.kind))
}

fn method(body: &BodyVariant) -> &'static str {
    match body.kind {
        BodyKind::Binary => "body_stream",
        BodyKind::JsonLines | BodyKind::JsonSeq => "body_lines",
        BodyKind::Events => "body_events",
        BodyKind::EventData => "body_event_data",
        _ => "body",
    }
}
