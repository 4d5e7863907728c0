//! Values by chance, the same in every run.

use counterpart_runtime::{Json, Map};
use test_matrix::cells::{Cell, Kind};

/// What texts are put together from: delimiters of every style, escapes, blanks, dots, and other alphabets.
const PIECES: [&str; 31] = [
    "a", "B", "7", "blue", "true", "null", "-1.5", ",", ";", "=", "&", "|", " ", "+", "/", "?", "#", "[",
    "]", ".", ":", "@", "'", "\"", "\\", "~", "*", "(", "ü", "💩", "%",
];

/// Makes values of one cell.
pub struct Values {
    state: u64,
    cell: Cell,
}

impl Values {
    pub fn new(cell: &Cell) -> Self {
        let seed = cell.name().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self { state: seed, cell: *cell }
    }

    pub fn next(&mut self) -> Json {
        // Headers and cookies refuse so much that half of the texts there are tame.
        let tame = self.cell.place != "query" && !self.cell.is_body() && self.below(2) == 0;
        let mut members = Map::new();
        for name in self.cell.parameters() {
            if self.cell.place == "path" || self.below(4) > 0 {
                let value = match self.cell.kind {
                    Kind::Primitives => self.scalar(name, tame),
                    Kind::Arrays => {
                        let count = self.below(4) + usize::from(self.cell.place == "path");
                        Json::Array((0..count).map(|_| self.scalar(name, tame)).collect())
                    }
                    Kind::Object => self.object(tame),
                };
                members.insert((*name).to_owned(), value);
            }
        }
        Json::Object(members)
    }

    fn object(&mut self, tame: bool) -> Json {
        let mut members = Map::new();
        for name in ["R", "G", "flag"] {
            if self.below(2) == 0 {
                let kind = if name == "flag" { "flag" } else { "number" };
                members.insert(name.to_owned(), self.scalar(kind, tame));
            }
        }
        if self.below(4) == 0 {
            members.insert("none".to_owned(), Json::Null);
        }
        // The members of an exploded object stand beside those of the body, so they must be known by their names.
        let beside = self.cell.is_body() && self.cell.explode && self.cell.style == "form";
        for _ in 0..if beside { 0 } else { self.below(3) } {
            let name = self.text(tame);
            if !matches!(name.as_str(), "R" | "G" | "B" | "flag" | "none") {
                members.insert(name, self.scalar("color", tame));
            }
        }
        Json::Object(members)
    }

    fn scalar(&mut self, name: &str, tame: bool) -> Json {
        match name {
            "number" => {
                let numbers = ["0", "-1", "7", "100", "9223372036854775807", "-9223372036854775808"];
                let text = numbers.get(self.below(numbers.len())).copied().unwrap_or("0");
                Json::parse(text.as_bytes()).expect("a number")
            }
            "flag" => Json::Bool(self.below(2) == 0),
            _ => Json::String(self.text(tame)),
        }
    }

    fn text(&mut self, tame: bool) -> String {
        if tame {
            return ["a", "b-1", "blue", "x_y"].get(self.below(4)).copied().unwrap_or("a").to_owned();
        }
        // With `allowReserved` triplets are sent as they are, so what looks like one means what it encodes.
        let pieces = PIECES.len() - usize::from(self.cell.reserved);
        (0..self.below(4)).map(|_| PIECES.get(self.below(pieces)).copied().unwrap_or("a")).collect()
    }

    /// Xorshift: a number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).unwrap_or_default() % limit
    }
}

/// What is left of a value without all that is undefined.
pub fn defined(value: &Json) -> Json {
    let Json::Object(members) = value else { return value.clone() };
    let kept = members.iter().map(|(name, value)| (name.clone(), defined(value))).filter(|(_, value)| {
        !value.is_null()
            && !matches!(value, Json::Array(items) if items.is_empty())
            && !matches!(value, Json::Object(members) if members.is_empty())
    });
    Json::Object(kept.collect())
}
