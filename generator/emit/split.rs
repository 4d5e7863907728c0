//! Pages split by tags, or by letters: which module a type belongs to, and what stands before what may be left out.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    ir::{Endpoint, Family, Ir, TypeId, TypeRef},
    names::{ModuleNames, Names},
    options::{Modules, Options, Traits},
};

/// How the pages of a family are split.
pub struct Split<'a> {
    /// A module for each, in this order.
    pub modules: &'a [ModuleNames],
    /// Whether modules stand behind features.
    gated: bool,
    /// Where types are, if they are split by tag, too.
    homes: Vec<Home>,
}

/// Where a type is.
#[derive(Clone, Copy, PartialEq)]
enum Home {
    /// Nothing has asked for it yet.
    Unknown,
    /// Only operations of this tag use it.
    Tag(usize),
    /// Several use it, or something that is always there.
    Shared,
}

impl<'a> Split<'a> {
    /// By letter, where there are many operations.
    pub fn by_letter(names: &'a Names, family: Family) -> Option<Self> {
        let modules = names.family(family).letters.as_slice();
        (!modules.is_empty()).then_some(Self { modules, gated: false, homes: Vec::new() })
    }

    /// By tag: nothing unless the options ask for it and there are operations to split by.
    pub fn by_tag(ir: &'a Ir, names: &'a Names, options: &Options) -> Option<Self> {
        let tags = names.family(Family::Paths).tags.as_slice();
        if options.modules == Modules::One || tags.is_empty() {
            return None;
        }
        let gated = options.tag_features && options.traits == Traits::One;
        let mut homes = Homes { ir, of: vec![Home::Unknown; ir.types.len()] };
        for (index, tag) in tags.iter().enumerate() {
            // What has no tag has no feature, and so may use nothing that has one.
            let home = if tag.tag.is_some() { Home::Tag(index) } else { Home::Shared };
            for endpoint in tag.operations.iter().filter_map(|at| ir.endpoints.get(*at)) {
                refs_of(endpoint).for_each(|ty| homes.mark(ty, home));
            }
        }
        for endpoint in Family::HOOKS.iter().flat_map(|family| ir.family(*family)) {
            refs_of(endpoint).for_each(|ty| homes.mark(ty, Home::Shared));
        }
        for header in ir.header_sets.iter().flat_map(|set| &set.headers) {
            homes.mark(&header.ty, Home::Shared);
        }
        for index in (0u32..).take(ir.types.len()) {
            if homes.of.get(index as usize) == Some(&Home::Unknown) {
                homes.mark(&TypeRef::Named(TypeId(index)), Home::Shared);
            }
        }
        Some(Self { modules: tags, gated, homes: homes.of })
    }

    /// The features that the pages ask for.
    pub fn features(&self) -> Vec<String> {
        self.modules.iter().filter(|_| self.gated).filter_map(|tag| tag.feature.clone()).collect()
    }

    /// The tag whose operations alone use a type.
    pub fn tag_of_type(&self, id: TypeId) -> Option<usize> {
        match self.homes.get(id.0 as usize) {
            Some(Home::Tag(index)) => Some(*index),
            _ => None,
        }
    }

    /// The module of an operation.
    pub fn module_of(&self, index: usize) -> Option<&'a ModuleNames> {
        self.modules.iter().find(|module| module.operations.contains(&index))
    }

    /// What stands before something that belongs to a module.
    pub fn gate(&self, module: &ModuleNames) -> TokenStream {
        match module.feature.as_ref().filter(|_| self.gated) {
            Some(feature) => quote!(#[cfg(feature = #feature)]),
            None => TokenStream::new(),
        }
    }

    /// What stands before something that is used wherever any operation is.
    pub fn gate_of_any(&self) -> TokenStream {
        self.any().map(|any| quote!(#[cfg(#any)])).unwrap_or_default()
    }

    /// What stands before something that only operations use, but that has to be there without any.
    pub fn idle(&self, lint: &str) -> TokenStream {
        let (lint, reason) = (format_ident!("{lint}"), "no tag is chosen, and so nothing uses it");
        let expect = self.any().map(|any| quote!(#[cfg_attr(not(#any), expect(#lint, reason = #reason))]));
        expect.unwrap_or_default()
    }

    /// That there is any operation; nothing where there always is.
    fn any(&self) -> Option<TokenStream> {
        let features: Option<Vec<_>> = self.modules.iter().map(|tag| tag.feature.as_ref()).collect();
        features.filter(|_| self.gated).map(|features| quote!(any(#(feature = #features),*)))
    }

    /// Whether anything may be left out.
    pub fn is_gated(&self) -> bool {
        self.gated
    }

    /// The modules with their contents, as a page names them.
    pub fn all(&self, wanted: impl Fn(usize) -> bool) -> TokenStream {
        let wanted = self.modules.iter().enumerate().filter(|(index, _)| wanted(*index));
        let (gates, modules): (Vec<_>, Vec<_>) = wanted.map(|(_, one)| (self.gate(one), &one.module)).unzip();
        quote!(#(#gates mod #modules;)* #(#gates pub use self::#modules::*;)*)
    }
}

struct Homes<'a> {
    ir: &'a Ir,
    of: Vec<Home>,
}

impl Homes<'_> {
    /// Notes who uses a type and all that it consists of. A type moves up at most twice, so this ends soon.
    fn mark(&mut self, ty: &TypeRef, home: Home) {
        let mut waiting: Vec<TypeId> = ty.named();
        while let Some(id) = waiting.pop() {
            let Some(slot) = self.of.get_mut(id.0 as usize) else { continue };
            let next = match *slot {
                Home::Unknown => home,
                known if known == home => continue,
                Home::Tag(_) => Home::Shared,
                Home::Shared => continue,
            };
            *slot = next;
            let def = self.ir.get(id);
            waiting.extend(def.into_iter().flat_map(|def| def.kind.types()).flat_map(TypeRef::named));
        }
    }
}

/// The types that an operation names.
fn refs_of(endpoint: &Endpoint) -> impl Iterator<Item = &TypeRef> {
    let bodies = endpoint.body.iter().flat_map(|body| &body.variants);
    let responses = endpoint.outcomes.iter().flat_map(|outcome| &outcome.bodies);
    let headers = endpoint.outcomes.iter().flat_map(|outcome| &outcome.headers);
    let inputs = endpoint.parameters.iter().chain(headers).map(|input| &input.ty);
    inputs.chain(bodies.chain(responses).filter_map(|body| body.ty.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Diagnostics,
        ir::{Access, BodyKind, BodyVariant, Outcome, Site, Status, TypeDef, TypeKind, Wish},
        names,
        source::{Sources, Span},
    };

    /// A type that contains others.
    fn def(name: &str, contents: &[u32]) -> TypeDef {
        let contents = contents.iter().map(|id| TypeRef::Named(TypeId(*id))).collect();
        TypeDef {
            at: Span::NONE,
            wish: Wish::Component(name.to_owned()),
            docs: String::new(),
            deprecated: false,
            root: 0,
            judged: false,
            kind: TypeKind::Alias(TypeRef::Tuple(contents)),
        }
    }

    /// An operation that answers with a type.
    fn endpoint(wish: &str, tag: Option<&str>, ty: u32) -> Endpoint {
        let ty = Some(TypeRef::Nullable(Box::new(TypeRef::Named(TypeId(ty)))));
        let body = BodyVariant { media: vec!["application/json".to_owned()], kind: BodyKind::Json, ty };
        let (status, docs) = (Status::Code(200), String::new());
        Endpoint {
            at: Span::NONE,
            index: 0,
            wish: wish.to_owned(),
            tag: tag.map(str::to_owned),
            site: Site::Path,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            docs: String::new(),
            deprecated: false,
            parameters: Vec::new(),
            body: None,
            outcomes: vec![Outcome { status, docs, headers: Vec::new(), bodies: vec![body] }],
            access: Access::Public,
        }
    }

    fn options() -> Options {
        Options::new().modules(Modules::ByTag).tag_features(true)
    }

    #[test]
    fn types_are_with_the_only_tag_that_uses_them() {
        let types = vec![
            def("OfA", &[3, 4]),
            def("OfB", &[4, 5]),
            def("Untagged", &[6]),
            def("BelowA", &[0]),
            def("BelowBoth", &[7]),
            def("BelowB", &[8]),
            def("BelowUntagged", &[]),
            def("BelowBelowBoth", &[]),
            def("AlsoBelowSpare", &[]),
            def("Spare", &[8]),
        ];
        let endpoints =
            vec![endpoint("a", Some("a"), 0), endpoint("b", Some("b"), 1), endpoint("c", None, 2)];
        let ir = Ir { types, endpoints, ..Ir::default() };
        let names = names::assign(&ir, &options(), &Sources::default(), &mut Diagnostics::default());
        let split = Split::by_tag(&ir, &names, &options()).unwrap();
        let homes: Vec<_> = (0..10).map(|id| split.tag_of_type(TypeId(id))).collect();
        let (a, b) = (Some(0), Some(1));
        assert_eq!(homes, [a, b, None, a, None, b, None, None, None, None]);
        assert_eq!(split.features(), ["a", "b"]);
        assert!(split.gate_of_any().is_empty(), "an operation without a tag is always there");
    }

    #[test]
    fn features_need_one_trait() {
        let ir = Ir { endpoints: vec![endpoint("a", Some("types"), 0)], ..Ir::default() };
        let names = names::assign(&ir, &options(), &Sources::default(), &mut Diagnostics::default());
        let split = Split::by_tag(&ir, &names, &options()).unwrap();
        assert_eq!(
            (split.features(), split.modules[0].file("server")),
            (vec!["types".to_owned()], "server/types_2.rs".to_owned())
        );
        assert!(split.gate_of_any().to_string().contains("types"));
        let split = Split::by_tag(&ir, &names, &options().traits(Traits::PerTag)).unwrap();
        assert!(split.features().is_empty() && split.gate(&split.modules[0]).is_empty());
        assert!(Split::by_tag(&ir, &names, &Options::new()).is_none());
    }
}
