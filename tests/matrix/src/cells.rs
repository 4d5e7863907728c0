//! The cells of the matrix: the build script makes an operation of each, the tests drive them.

/// What the values of a cell are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string, an integer and a boolean, as three parameters.
    Primitives,
    /// An array of each.
    Arrays,
    /// One object.
    Object,
}

/// A way to write a parameter that the standard defines (OAS 3.2.0, Style Examples).
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// `in`, or the kind of form that a body is, or `response` for the headers of one.
    pub place: &'static str,
    /// `style`.
    pub style: &'static str,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
    /// What is written.
    pub kind: Kind,
}

impl Cell {
    /// The `operationId`, which is the path as well.
    pub fn name(&self) -> String {
        let explode = if self.explode { "_exploded" } else { "" };
        let reserved = if self.reserved { "_reserved" } else { "" };
        let kind = format!("{:?}", self.kind).to_lowercase();
        format!("{}_{}{explode}{reserved}_{kind}", self.place, self.style.to_lowercase())
    }

    /// Whether it is about the members of a body (OAS 3.1.2, Encoding Object), not about parameters.
    pub fn is_body(&self) -> bool {
        matches!(self.place, "urlencoded" | "multipart")
    }

    /// The names of its parameters, or members.
    pub fn parameters(&self) -> &'static [&'static str] {
        if self.kind == Kind::Object { &["color"] } else { &["color", "number", "flag"] }
    }
}

const KINDS: [Kind; 3] = [Kind::Primitives, Kind::Arrays, Kind::Object];

/// Every cell of the table that is not n/a, and `allowReserved` where it has an effect.
pub fn cells() -> Vec<Cell> {
    let styles = [
        ("path", "matrix", [false, true]),
        ("path", "label", [false, true]),
        ("path", "simple", [false, true]),
        ("query", "form", [false, true]),
        ("urlencoded", "form", [false, true]),
        ("multipart", "form", [false, true]),
        ("header", "simple", [false, true]),
        ("response", "simple", [false, true]),
        ("cookie", "form", [false, true]),
        ("cookie", "cookie", [false, true]),
    ];
    let mut cells = Vec::new();
    for (place, style, explodes) in styles {
        for explode in explodes {
            cells.extend(KINDS.map(|kind| Cell { place, style, explode, reserved: false, kind }));
            if matches!((place, style), ("path", _) | ("query" | "cookie", "form")) {
                cells.extend(KINDS.map(|kind| Cell { place, style, explode, reserved: true, kind }));
            }
        }
    }
    for place in ["query", "urlencoded", "multipart"] {
        for style in ["spaceDelimited", "pipeDelimited"] {
            let kinds = [Kind::Arrays, Kind::Object];
            cells.extend(kinds.map(|kind| Cell { place, style, explode: false, reserved: false, kind }));
        }
        let (style, kind) = ("deepObject", Kind::Object);
        cells.push(Cell { place, style, explode: true, reserved: false, kind });
    }
    cells
}
