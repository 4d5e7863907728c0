//! Makes `$OUT_DIR/broad` from the contract.

fn main() {
    counterpart::Builder::new("../../specs/broad.yaml").formats(counterpart::Formats::Assert).generate();
}
