//! The server's side of a response: its enum, and how each variant is written.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    Operation, media,
    outcome::{Named, takes_status},
};
use crate::ir::{BodyKind, BodyVariant, Status};
use crate::names::Ident;

impl Operation<'_> {
    /// The response enum, and the enums over kinds of body that it needs.
    pub fn response_enum(&self) -> TokenStream {
        let docs = format!("Response of {}.", self.title());
        let response = self.outcome_enum(&self.own.response, &docs, None, self.outcomes());
        let bodies = self.body_enums(self.outcomes());
        quote!(#response #bodies)
    }

    /// The arms that write each variant.
    pub fn respond_arms(&self) -> TokenStream {
        let arms = self.outcomes().map(|outcome| self.respond_arm(outcome));
        quote!(#(#arms)*)
    }

    fn respond_arm(&self, (outcome, names): Named<'_>) -> TokenStream {
        let variant = &names.variant;
        let shared = self.shared_headers(outcome).is_some();
        let headers = if shared { Vec::from([Ident::new("headers")]) } else { names.headers.clone() };
        let status = takes_status(outcome.status).then(|| quote!(status));
        let body = (!outcome.bodies.is_empty()).then(|| quote!(body));
        let members: Vec<&TokenStream> = status.iter().chain(&body).collect();
        let pattern = match (headers.is_empty(), members.is_empty()) {
            (true, true) => quote!(Self::#variant),
            (true, false) => quote!(Self::#variant(#(#members),*)),
            (false, _) => quote!(Self::#variant { #(#members,)* #(#headers),* }),
        };
        let reply = match outcome.status {
            Status::Code(code) => {
                let code = proc_macro2::Literal::u16_unsuffixed(code);
                quote!(call.reply(#code))
            }
            Status::Range(class) => {
                let class = proc_macro2::Literal::u8_unsuffixed(class);
                quote!(call.reply_range(#class, status))
            }
            Status::Default => quote!(call.reply(status)),
        };
        let wires = outcome.headers.iter().map(|header| &header.wire);
        let reply = match shared {
            true => quote!(headers.write(#reply)),
            false => quote!(#reply #(.header(#wires, &#headers))*),
        };
        match outcome.bodies.as_slice() {
            [] => quote!(#pattern => #reply.empty(),),
            [only] => {
                let write = write(only, false);
                quote!(#pattern => #reply.#write,)
            }
            several => {
                let name = &names.body;
                let arms = several.iter().zip(&names.media).map(|(body, kind)| {
                    let alike = several.iter().filter(|other| class(other) == class(body)).count() > 1;
                    let write = write(body, alike);
                    quote!(#name::#kind(body) => #reply.#write,)
                });
                quote!(#pattern => match body { #(#arms)* },)
            }
        }
    }
}

/// Kinds that the same method chooses from.
fn class(body: &BodyVariant) -> BodyKind {
    if body.kind == BodyKind::Document { BodyKind::Json } else { body.kind }
}

/// The call that writes the variable `body`; `alike`: other kinds are written by the same method.
fn write(body: &BodyVariant, alike: bool) -> TokenStream {
    let media = media(body);
    let method = match body.kind {
        BodyKind::Text => return quote!(text(#media, &body)),
        BodyKind::Multipart => return quote!(multipart(#media, &body)),
        BodyKind::Binary => return quote!(bytes(#media, body)),
        BodyKind::Document => {
            let medias = &body.media;
            return quote!(document(&[#(#medias),*], &body));
        }
        BodyKind::Json => "json",
        BodyKind::Form => "form",
        BodyKind::Events => "events",
        BodyKind::EventData => "event_data",
        BodyKind::JsonLines | BodyKind::JsonSeq => "lines",
    };
    let value = match body.kind {
        BodyKind::Json | BodyKind::Form => quote!(&body),
        _ => quote!(body),
    };
    match alike {
        true => {
            let method = format_ident!("{method}_as");
            quote!(#method(#media, #value))
        }
        false => {
            let method = format_ident!("{method}");
            quote!(#method(#value))
        }
    }
}
