//! `Contract` → `Ir`: schemas become Rust types, operations become endpoints, both become tables.

pub mod types;

use self::types::TypeLowering;
use crate::{contract::Contract, diagnostic::Diagnostics, ir::Ir, options::Options};

/// Lowers a whole contract.
pub fn contract(contract: &Contract, options: &Options, _diagnostics: &mut Diagnostics) -> Ir {
    let lowering = TypeLowering::new(contract, options);
    let (types, schemas) = lowering.finish();
    Ir {
        title: contract.title.clone(),
        api_version: contract.api_version.clone(),
        description: contract.description.clone(),
        types,
        schemas,
        ..Ir::default()
    }
}
