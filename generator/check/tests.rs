mod bad;
mod rules;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{self, Source};
use crate::source::Sources;

/// Everything there is to say about a description.
fn findings(source: &Source) -> (Sources, Vec<Diagnostic>) {
    let (sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let contract = document::open(source, &sources, &mut diagnostics)
        .and_then(|document| crate::resolve::contract(document, &sources, &mut diagnostics));
    if let Some(contract) = contract {
        super::contract(&contract, &sources, &crate::Options::new(), &mut diagnostics);
    }
    let found = diagnostics.iter().cloned().collect();
    (sources, found)
}
