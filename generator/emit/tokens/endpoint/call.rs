//! The client's side of a request: the method that begins a call, and the methods that add what is optional.

mod body;
mod receive;

use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Lifetime, parse_quote};

use super::{Operation, lints, mentions, part_docs, place};
use crate::{
    ir::{BodyInput, Input, Place, TypeRef},
    names::InputName,
};

/// More arguments than these go into a struct (Clippy's limit is seven, `self` and the URL of a webhook included).
const MOST_ARGUMENTS: usize = 6;

/// What the page needs for the method that begins a call.
#[derive(Debug)]
pub struct Beginning {
    /// Its parameters, after `&self`.
    pub arguments: TokenStream,
    /// The expression that begins the request, with required parameters and body written.
    pub begin: TokenStream,
}

/// What the page needs for one call.
#[derive(Debug)]
pub struct Call {
    /// Methods for what is optional.
    pub setters: TokenStream,
    /// Items beside the call: its parameters, its body, its successes.
    pub items: TokenStream,
    /// The future that `send` gives.
    pub sending: TokenStream,
    /// The function that reads a success.
    pub success: TokenStream,
}

/// Something that a call cannot be begun without.
struct Required {
    name: Ident,
    docs: TokenStream,
    argument: TokenStream,
    member: TokenStream,
}

impl Operation<'_> {
    /// The method that begins a call.
    pub fn beginning(&self) -> Beginning {
        let target = self.is_hook().then(|| quote!(url: &str,));
        let bundled = self.is_bundled();
        let arguments = match bundled {
            true => self.bundle().0,
            false => {
                let required = self.required().into_iter();
                let arguments = required.map(|Required { name, argument, .. }| quote!(#name: #argument));
                quote!(#(#arguments),*)
            }
        };
        Beginning { arguments: quote!(#target #arguments), begin: self.begin(bundled) }
    }

    /// The call as the client's page needs it.
    pub fn call(&self) -> Call {
        let bundle = self.is_bundled().then(|| self.bundle().1);
        let body = self.body_items();
        let successes = self.success_items();
        Call {
            setters: self.setters(),
            items: quote!(#bundle #body #successes),
            sending: self.sending(),
            success: self.success(),
        }
    }

    /// Whether what is required goes into a struct.
    fn is_bundled(&self) -> bool {
        let inputs = self.inputs().filter(|(input, _)| input.required).count();
        let body = self.endpoint.body.as_ref().is_some_and(|body| body.required);
        inputs + usize::from(body) + usize::from(self.is_hook()) > MOST_ARGUMENTS
    }

    /// Attributes of the method, where its name would make Clippy speak.
    pub fn method_lint(&self) -> TokenStream {
        lints::method_name(&self.own.method)
    }

    /// A list of the arguments, where the contract says something about any.
    pub fn argument_docs(&self) -> String {
        let required = self.inputs().filter(|(input, _)| input.required && !input.docs.trim().is_empty());
        let items: Vec<String> = required
            .map(|(input, names)| {
                let text = input.docs.trim().lines().map(str::trim).collect::<Vec<_>>().join(" ");
                format!("- `{}`: {text}", names.field)
            })
            .collect();
        items.join("\n")
    }

    /// Required parameters, those of the path first, then the body.
    fn required(&self) -> Vec<Required> {
        let lifetime = lifetime();
        let mut inputs: Vec<(&Input, &InputName)> =
            self.inputs().filter(|(input, _)| input.required).collect();
        inputs.sort_by_key(|(input, _)| input.place != Place::Path);
        let mut required: Vec<Required> = inputs
            .into_iter()
            .map(|(input, names)| Required {
                name: names.field.clone(),
                docs: part_docs(&input.docs, &self.input_title(input), input.deprecated),
                argument: self.argument(&input.ty, &names.field).ty,
                member: self.plain(&input.ty, Some(&lifetime)).0,
            })
            .collect();
        if let Some(body) = self.endpoint.body.as_ref().filter(|body| body.required) {
            required.push(Required {
                name: body_name(),
                docs: part_docs(&body.docs, "The body.", false),
                argument: self.body_parameter(body).ty,
                member: self.body_member(body, &lifetime),
            });
        }
        required
    }

    /// The parameter that stands for all that is required, and its struct.
    fn bundle(&self) -> (TokenStream, TokenStream) {
        let name = &self.own.params;
        let docs = super::docs(&format!("What {} cannot be called without.", self.title()));
        let members = self
            .required()
            .into_iter()
            .map(|Required { name, docs, member, .. }| quote!(#docs pub #name: #member,));
        let members = quote!(#(#members)*);
        let lifetime = lifetime();
        let (generics, elided) = match mentions(&members, "a") {
            true => (quote!(<#lifetime>), quote!(<'_>)),
            false => (TokenStream::new(), TokenStream::new()),
        };
        let bundle = quote! {
            #docs
            #[derive(Debug)]
            pub struct #name #generics { #members }
        };
        (quote!(params: #name #elided), bundle)
    }

    fn begin(&self, bundled: bool) -> TokenStream {
        let line = self.line();
        let inputs = self.inputs().filter(|(input, _)| input.required).map(|(input, names)| {
            let name = &names.field;
            let pass = match (bundled, self.plain(&input.ty, Some(&lifetime())).1) {
                (false, _) => self.argument(&input.ty, name).pass,
                (true, true) => quote!(params.#name),
                (true, false) => quote!(&params.#name),
            };
            write(input, &pass)
        });
        let request = match self.is_hook() {
            true => quote!(self.inner.request_to(&CONTRACT, #line, url)#(#inputs)*),
            false => quote!(self.inner.request(&CONTRACT, #line)#(#inputs)*),
        };
        match self.endpoint.body.as_ref().filter(|body| body.required) {
            Some(body) => self.with_body(body, &request, bundled),
            None => request,
        }
    }

    fn setters(&self) -> TokenStream {
        let optional = self.inputs().filter(|(input, _)| !input.required);
        let inputs = optional.map(|(input, names)| {
            let name = &names.field;
            let docs = part_docs(&input.docs, &self.input_title(input), false);
            let deprecated = input.deprecated.then(|| quote!(#[deprecated]));
            let lint = lints::method_name(name);
            // What is absent is simply not set.
            let ty = match &input.ty {
                TypeRef::Nullable(inner) => inner,
                ty => ty,
            };
            let value = Ident::new("value");
            let argument = self.argument(ty, &value);
            let (ty, write) = (argument.ty, write(input, &argument.pass));
            quote! {
                #docs
                #deprecated
                #lint
                pub fn #name(self, value: #ty) -> Self {
                    Self(self.0 #write)
                }
            }
        });
        let body =
            self.endpoint.body.as_ref().filter(|body| !body.required).map(|body| self.body_setter(body));
        let forms = self.forms();
        quote!(#(#inputs)* #body #forms)
    }

    fn body_setter(&self, body: &BodyInput) -> TokenStream {
        let docs = part_docs(&body.docs, "The body.", false);
        let ty = self.body_parameter(body).ty;
        let request = self.with_body(body, &quote!(self.0), false);
        quote! {
            #docs
            pub fn body(self, body: #ty) -> Self {
                Self(#request)
            }
        }
    }
}

/// The call that writes a parameter.
fn write(input: &Input, pass: &TokenStream) -> TokenStream {
    let wire = &input.wire;
    let method = format_ident!("{}", place(input.place));
    quote!(.#method(#wire, #pass))
}

fn lifetime() -> Lifetime {
    parse_quote!('a)
}

fn body_name() -> Ident {
    Ident::new("body")
}
