//! Makes `$OUT_DIR/orders` from the contract: types and client, split by tags, each behind its feature. The server is
//! the example's.

use counterpart::{Builder, Modules, Parts};

fn main() {
    let client = Parts { server: false, ..Parts::ALL };
    Builder::new("../../specs/orders.yaml")
        .parts(client)
        .modules(Modules::ByTag)
        .tag_features(true)
        .generate();
}
