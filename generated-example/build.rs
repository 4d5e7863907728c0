//! Makes `$OUT_DIR/orders` from the contract: types and server.

use counterpart::{Builder, Formats, Parts};

fn main() {
    let server = Parts { client: false, ..Parts::ALL };
    Builder::new("../specs/orders.yaml").parts(server).formats(Formats::Assert).generate();
}
