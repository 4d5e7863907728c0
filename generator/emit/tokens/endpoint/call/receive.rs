//! The response, as the client reads it: declared successes are what a call gives, every other declared response is a
//! typed error, and what is not declared is kept as it came.

use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::Operation;
use crate::{
    emit::tokens::endpoint::outcome::{Named, takes_status},
    ir::{BodyKind, BodyVariant, Status},
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

    /// The future that `send` gives, and its output: `Sending<Pet, GetPetError>`, `Result<Pet, Error<GetPetError>>`.
    pub(super) fn result_types(&self) -> (TokenStream, TokenStream) {
        let success = self.success_type();
        if self.failures().is_empty() {
            return (quote!(Sending<#success>), quote!(Result<#success, Error>));
        }
        let error = &self.own.error;
        (quote!(Sending<#success, #error>), quote!(Result<#success, Error<#error>>))
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

    /// The enums over outcomes.
    pub(super) fn receive_items(&self) -> TokenStream {
        let successes = self.successes();
        let failures = self.failures();
        let ok = match successes.as_slice() {
            [only] if self.success_is_named() => Some(self.outcome_struct(&self.own.ok, *only)),
            [_, _, ..] => {
                let docs = format!("Success of {}.", self.title());
                Some(self.outcome_enum(&self.own.ok, &docs, successes.into_iter()))
            }
            _ => None,
        };
        let error = (!failures.is_empty()).then(|| {
            let docs = format!("Errors that {} declares.", self.title());
            self.outcome_enum(&self.own.error, &docs, failures.into_iter())
        });
        let bodies = self.body_enums(self.outcomes());
        quote!(#ok #error #bodies)
    }

    /// Whether a success is more than a body: one of several, or with headers.
    fn success_is_named(&self) -> bool {
        match self.successes().as_slice() {
            [] => false,
            [(outcome, _)] => !outcome.headers.is_empty(),
            _ => true,
        }
    }

    /// The match over the status of the response: exact statuses before ranges before the rest.
    pub(super) fn receive(&self) -> TokenStream {
        let mut arms: Vec<(Status, TokenStream)> = Vec::new();
        for named in self.successes() {
            let give = self.success(named);
            let (status, pattern) = match named.0.status {
                // Before the arm of `default` as an error.
                Status::Default => (Status::Range(2), quote!(200..=299)),
                status => (status, self.pattern(status)),
            };
            arms.push((status, quote!(#pattern => #give,)));
        }
        for named in self.failures() {
            let pattern = self.pattern(named.0.status);
            let give = self.failure(named);
            arms.push((named.0.status, quote!(#pattern => #give,)));
        }
        if !arms.iter().any(|(status, _)| *status == Status::Default) {
            arms.push((Status::Default, quote!(_ => Err(response.undocumented()),)));
        }
        arms.sort_by_key(|(status, _)| *status);
        let arms = arms.iter().map(|(_, arm)| arm);
        quote!(match response.status() { #(#arms)* })
    }

    /// What an arm of a success gives. A lone body is read by a method that is only named, which is cheaper to compile
    /// than a call with `?`.
    fn success(&self, named: Named<'_>) -> TokenStream {
        let name = &self.own.ok;
        let (outcome, names) = named;
        let lone = outcome.headers.is_empty() && !takes_status(outcome.status);
        match (self.success_is_named(), outcome.bodies.as_slice()) {
            (false, []) => quote!(Ok(())),
            (false, [only]) => {
                let read = reader(only);
                quote!(response.ok(Response::#read))
            }
            (false, _) => {
                let body = self.read_body(named);
                quote!(Ok(#body))
            }
            (true, _) if self.successes().len() == 1 => {
                let value = self.outcome_value(&quote!(#name), named);
                quote!(Ok(#value))
            }
            (true, [only]) if lone => {
                let (read, variant) = (reader(only), &names.variant);
                quote!(response.ok(Response::#read).map(#name::#variant))
            }
            (true, _) => {
                let value = self.variant_value(name, named);
                quote!(Ok(#value))
            }
        }
    }

    /// What an arm of a declared failure gives.
    fn failure(&self, named: Named<'_>) -> TokenStream {
        let name = &self.own.error;
        let (outcome, names) = named;
        match outcome.bodies.as_slice() {
            [only] if outcome.headers.is_empty() => {
                let method = if takes_status(outcome.status) { "err_with_status" } else { "err" };
                let (method, read, variant) = (format_ident!("{method}"), reader(only), &names.variant);
                quote!(response.#method(Response::#read, #name::#variant))
            }
            _ => {
                let value = self.variant_value(name, named);
                quote!(Err(response.declared(#value)))
            }
        }
    }

    /// A response as a variant of an enum.
    fn variant_value(&self, name: &Ident, named: Named<'_>) -> TokenStream {
        let variant = &named.1.variant;
        self.outcome_value(&quote!(#name::#variant), named)
    }

    /// A response as a variant or a struct.
    fn outcome_value(&self, path: &TokenStream, named: Named<'_>) -> TokenStream {
        let (outcome, names) = named;
        let status = takes_status(outcome.status).then(|| quote!(response.status_code()));
        let body = self.read_body(named);
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
            return quote!(#path { #status headers: #shared::read(&response)?, #body });
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

    fn read_body(&self, (outcome, names): Named<'_>) -> Option<TokenStream> {
        match outcome.bodies.as_slice() {
            [] => None,
            [only] => Some(read(only)),
            several => {
                let name = &names.body;
                let arms = several.iter().zip(&names.media).map(|(body, kind)| {
                    let media = &body.media;
                    let read = read(body);
                    quote!(#(#media)|* => #name::#kind(#read),)
                });
                Some(quote! {
                    match response.media() {
                        #(#arms)*
                        _ => return Err(response.undocumented()),
                    }
                })
            }
        }
    }
}

fn read(body: &BodyVariant) -> TokenStream {
    let method = reader(body);
    quote!(response.#method()?)
}

/// The method of a response that reads a body of that kind.
fn reader(body: &BodyVariant) -> Ident {
    let method = match (body.kind, &body.ty) {
        (BodyKind::Json, _) => "json",
        (BodyKind::Text, None) => "text",
        (BodyKind::Document | BodyKind::Text | BodyKind::Form, _) => "decoded",
        (BodyKind::Binary | BodyKind::Multipart, _) => "stream",
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
