//! Generates the contract.

fn main() {
    counterpart::Builder::new("probe.yaml")
        .parts(counterpart::Parts { server: true, client: false })
        .generate();
}
