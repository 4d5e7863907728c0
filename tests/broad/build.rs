//! Makes `$OUT_DIR/broad`, `$OUT_DIR/modern`, `$OUT_DIR/media`, `$OUT_DIR/parts` and `$OUT_DIR/tags` from their contracts.

use counterpart::{Builder, Formats, Modules, Traits};

fn main() {
    Builder::new("../../specs/broad.yaml").formats(Formats::Assert).generate();
    Builder::new("modern.yaml").generate();
    Builder::new("media.yaml").generate();
    Builder::new("parts.yaml").generate();
    Builder::new("tags.yaml").traits(Traits::PerTag).modules(Modules::ByTag).generate();
}
