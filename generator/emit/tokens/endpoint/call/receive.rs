//! The response, as the client reads it: declared successes are what a call gives, every other declared response is a
//! typed error, and what is not declared is kept as it came.

use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Operation;
use crate::{
    emit::tokens::{
        docs,
        endpoint::outcome::{Named, takes_status},
    },
    ir::{BodyKind, BodyVariant, Outcome, Status},
    names::OutcomeNames,
};

impl<'a> Operation<'a> {
    /// Declared successes. `default` is one where no success is declared (OAS 3.1.2, Responses Object: it covers
    /// every status that is not declared).
    fn successes(&self) -> Vec<Named<'a>> {
        let successes: Vec<_> = self.outcomes().filter(|(outcome, _)| outcome.status.is_success()).collect();
        match successes.is_empty() {
            true => self.outcomes().filter(|(outcome, _)| outcome.status == Status::Default).collect(),
            false => successes,
        }
    }

    /// Every other declared response.
    fn failures(&self) -> Vec<Named<'a>> {
        self.outcomes().filter(|(outcome, _)| !outcome.status.is_success()).collect()
    }

    /// The future that `send` gives: `Sending<Pet, GetPetError>`.
    pub(super) fn sending(&self) -> TokenStream {
        let success = self.success_type();
        if self.failures().is_empty() {
            return quote!(Sending<#success>);
        }
        let error = &self.own.error;
        quote!(Sending<#success, #error>)
    }

    /// What a success is: a body, nothing, or one of several outcomes.
    fn success_type(&self) -> TokenStream {
        match self.successes().as_slice() {
            [] => quote!(()),
            [(outcome, names)] if outcome.headers.is_empty() => {
                self.outcome_body((outcome, names)).unwrap_or_else(|| quote!(()))
            }
            _ => {
                let name = &self.own.ok;
                quote!(#name)
            }
        }
    }

    /// The function that reads a success.
    pub(super) fn success(&self) -> TokenStream {
        match self.successes().as_slice() {
            [] => quote!(Response::nothing),
            [(outcome, names)] if outcome.headers.is_empty() => match outcome.bodies.as_slice() {
                [] => quote!(Response::nothing),
                [only] => {
                    let read = reader(only);
                    quote!(Response::#read)
                }
                _ => {
                    let name = &names.body;
                    quote!(#name::from_response)
                }
            },
            _ => {
                let name = &self.own.ok;
                quote!(#name::from_response)
            }
        }
    }

    /// What a success is read as, where it is more than a body, and the bodies of all responses that have several.
    pub(super) fn success_items(&self) -> TokenStream {
        let successes = self.successes();
        let name = &self.own.ok;
        let ok = match successes.as_slice() {
            [] => None,
            [(outcome, _)] if outcome.headers.is_empty() => None,
            [only] => {
                let (item, value) =
                    (self.outcome_struct(name, *only), self.outcome_value(&quote!(Self), *only));
                let read = from_response(name, &quote!(Ok(#value)));
                Some(quote!(#item #read))
            }
            _ => {
                let docs = format!("Success of {}.", self.title());
                let item =
                    self.outcome_enum(name, &docs, Some(quote!(#[derive(Debug)])), successes.iter().copied());
                let read = from_response(name, &self.by_status(&successes));
                Some(quote!(#item #read))
            }
        };
        let several = self.outcomes().filter(|(outcome, _)| outcome.bodies.len() > 1);
        let reads = several.map(|(outcome, names)| from_response(&names.body, &by_media(outcome, names)));
        let bodies = self.body_enums(self.outcomes());
        quote!(#ok #bodies #(#reads)*)
    }

    /// What operations with the same errors have in common, if there are any errors.
    pub fn error_shape(&self) -> Option<String> {
        let failures = self.failures();
        (!failures.is_empty()).then(|| {
            let ((_, variants), read) = (self.variants(failures.iter().copied()), self.by_status(&failures));
            quote!(#variants #read).to_string()
        })
    }

    /// The errors that are declared, as an enum.
    pub fn errors(&self) -> TokenStream {
        let (failures, docs, name) = (self.failures(), self.error_docs(), &self.own.error);
        let (lint, variants) = self.variants(failures.iter().copied());
        let read = from_response(name, &self.by_status(&failures));
        quote! {
            #docs
            #[derive(Debug)]
            #lint
            pub enum #name { #variants }
            #read
        }
    }

    /// The name of the errors, where those of another operation are the same.
    pub fn errors_alias(&self, of: &TokenStream) -> TokenStream {
        let (docs, name) = (self.error_docs(), &self.own.error);
        quote!(#docs pub type #name = #of;)
    }

    fn error_docs(&self) -> TokenStream {
        docs(&format!("Errors that {} declares.", self.title()))
    }

    /// The variant by the status of the response: exact statuses before ranges before the rest.
    fn by_status(&self, all: &[Named<'_>]) -> TokenStream {
        // A lone `default` is what every status means.
        if let [named] = all
            && named.0.status == Status::Default
        {
            return self.variant_value(*named);
        }
        let mut arms: Vec<(Status, TokenStream)> = Vec::new();
        for named in all {
            let (pattern, variant) = (self.pattern(named.0.status), self.variant_value(*named));
            arms.push((named.0.status, quote!(#pattern => #variant,)));
        }
        if !arms.iter().any(|(status, _)| *status == Status::Default) {
            arms.push((Status::Default, quote!(_ => Err(response.undocumented()),)));
        }
        arms.sort_by_key(|(status, _)| *status);
        let arms = arms.iter().map(|(_, arm)| arm);
        quote!(match response.status() { #(#arms)* })
    }

    /// A response as a variant. A lone body is read by a method that is only named, which is cheaper to compile than a
    /// call with `?`.
    fn variant_value(&self, named: Named<'_>) -> TokenStream {
        let (outcome, names) = named;
        let variant = &names.variant;
        match outcome.bodies.as_slice() {
            [only] if outcome.headers.is_empty() => {
                let read = reader(only);
                match takes_status(outcome.status) {
                    true => quote!(response.with_status(Response::#read, Self::#variant)),
                    false => quote!(response.#read().map(Self::#variant)),
                }
            }
            _ => {
                let value = self.outcome_value(&quote!(Self::#variant), named);
                quote!(Ok(#value))
            }
        }
    }

    /// A response as a variant or a struct.
    fn outcome_value(&self, path: &TokenStream, named: Named<'_>) -> TokenStream {
        let (outcome, names) = named;
        let status = takes_status(outcome.status).then(|| quote!(response.status_code()));
        let body = read_body(named);
        if outcome.headers.is_empty() {
            let payload: Vec<TokenStream> = status.into_iter().chain(body).collect();
            return match payload.is_empty() {
                true => quote!(#path),
                false => quote!(#path(#(#payload),*)),
            };
        }
        let status = status.map(|status| quote!(status: #status,));
        let body = body.map(|body| quote!(body: #body,));
        if let Some(shared) = self.shared_headers(outcome) {
            return quote!(#path { #status headers: #shared::read(response)?, #body });
        }
        let headers = outcome.headers.iter().zip(&names.headers).map(|(header, name)| {
            let wire = &header.wire;
            match header.required {
                true => quote!(#name: response.required_header(#wire)?,),
                false => quote!(#name: response.header(#wire)?,),
            }
        });
        quote!(#path { #status #(#headers)* #body })
    }

    fn pattern(&self, status: Status) -> TokenStream {
        match status {
            Status::Code(code) => span(code, code),
            Status::Range(class) => self.range(class),
            Status::Default => quote!(_),
        }
    }

    /// The statuses of a class, without those that have an arm of their own.
    fn range(&self, class: u8) -> TokenStream {
        let mut codes: Vec<u16> =
            self.outcomes().filter_map(|(outcome, _)| code_in(outcome.status, class)).collect();
        codes.sort_unstable();
        let mut first = u16::from(class) * 100;
        let last = first + 99;
        let mut spans = Vec::new();
        for code in codes {
            if first < code {
                spans.push(span(first, code - 1));
            }
            first = code + 1;
        }
        if first <= last {
            spans.push(span(first, last));
        }
        quote!(#(#spans)|*)
    }
}

fn from_response(name: &Ident, read: &TokenStream) -> TokenStream {
    quote! {
        impl FromResponse for #name {
            fn from_response(response: &Response) -> Result<Self, Failure> { #read }
        }
    }
}

fn read_body((outcome, names): Named<'_>) -> Option<TokenStream> {
    match outcome.bodies.as_slice() {
        [] => None,
        [only] => {
            let method = reader(only);
            Some(quote!(response.#method()?))
        }
        _ => {
            let name = &names.body;
            Some(quote!(#name::from_response(response)?))
        }
    }
}

/// The match over the media type of the response.
fn by_media(outcome: &Outcome, names: &OutcomeNames) -> TokenStream {
    let arms = outcome.bodies.iter().zip(&names.media).map(|(body, variant)| {
        let (media, read) = (&body.media, reader(body));
        quote!(#(#media)|* => response.#read().map(Self::#variant),)
    });
    quote!(match response.media() { #(#arms)* _ => Err(response.undocumented()), })
}

/// The method of a response that reads a body of that kind.
fn reader(body: &BodyVariant) -> Ident {
    let method = match (body.kind, &body.ty) {
        (BodyKind::Json, _) => "json",
        (BodyKind::Text, None) => "text",
        (BodyKind::Document | BodyKind::Text | BodyKind::Form | BodyKind::Multipart, _) => "decoded",
        (BodyKind::Binary, _) => "stream",
        (BodyKind::Events, _) => "events",
        (BodyKind::EventData, _) => "event_data",
        (BodyKind::JsonLines | BodyKind::JsonSeq, _) => "lines",
    };
    Ident::new(method)
}

fn code_in(status: Status, class: u8) -> Option<u16> {
    match status {
        Status::Code(code) if code / 100 == u16::from(class) => Some(code),
        _ => None,
    }
}

fn span(first: u16, last: u16) -> TokenStream {
    let (from, to) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
    if first == last { quote!(#from) } else { quote!(#from..=#to) }
}
