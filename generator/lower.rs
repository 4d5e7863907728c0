//! `Contract` → `Ir`: schemas become Rust types, operations become endpoints, both become tables.

mod endpoint;
mod server;
pub mod types;

use self::endpoint::{Endpoints, Operations};
use self::types::TypeLowering;
pub use self::types::{Judge, Reach, heeds_format};
use crate::{contract::Contract, diagnostic::Diagnostics, ir::Ir, options::Options, source::Sources};

/// Lowers a whole contract. Its operations are gone afterwards, since there is not room for everything twice.
pub fn contract(
    contract: &mut Contract<'_>,
    reach: &Reach,
    sources: &Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Ir {
    let operations = Operations::take(contract);
    let mut lowering = TypeLowering::new(contract, reach, sources, options);
    let Endpoints { paths, webhooks, callbacks, lines, features } =
        endpoint::all(&mut lowering, contract, operations, diagnostics);
    let (types, schemas) = lowering.finish();
    Ir {
        title: contract.title.clone(),
        api_version: contract.api_version.clone(),
        description: contract.description.clone(),
        types,
        schemas,
        operations: lines,
        header_sets: endpoint::header_sets(paths.iter().chain(&webhooks).chain(&callbacks)),
        tags: contract.tags.clone(),
        servers: server::absolute(contract),
        endpoints: paths,
        webhooks,
        callbacks,
        features,
    }
}
