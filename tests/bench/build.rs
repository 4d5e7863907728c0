//! Makes `$OUT_DIR/shop` from the contract.

fn main() {
    counterpart::Builder::new("shop.json").generate();
}
