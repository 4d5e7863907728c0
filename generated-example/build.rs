//! Makes `$OUT_DIR/orders` from the contract: types, server and, to send its webhook, client.

use counterpart::{Builder, Formats};

fn main() {
    Builder::new("../specs/orders.yaml").formats(Formats::Assert).generate();
}
