//! Makes `$OUT_DIR/orders` from the contract: types and client. The server is the example's.

use counterpart::{Builder, Parts};

fn main() {
    let client = Parts { server: false, ..Parts::ALL };
    Builder::new("../../specs/orders.yaml").parts(client).generate();
}
