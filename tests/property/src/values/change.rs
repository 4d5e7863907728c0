//! Small changes of a value, at any place in it.

use counterpart_runtime::{Json, Number};

use super::Values;
use crate::schemas::MEMBERS;

impl Values<'_> {
    /// Changes one place of a value.
    pub(super) fn change(&mut self, value: &mut Json) {
        let deeper = self.random.percent(70);
        match value {
            Json::Array(items) if deeper && !items.is_empty() => {
                let at = self.random.below(items.len());
                if let Some(item) = items.get_mut(at) {
                    self.change(item);
                }
            }
            Json::Object(members) if deeper && !members.is_empty() => {
                let at = self.random.below(members.len());
                if let Some((_, member)) = members.get_index_mut(at) {
                    self.change(member);
                }
            }
            _ => self.change_here(value),
        }
    }

    fn change_here(&mut self, value: &mut Json) {
        if self.random.percent(25) {
            *value = self.other();
            return;
        }
        match value {
            Json::Null => *value = self.other(),
            Json::Bool(flag) => *flag = !*flag,
            Json::Number(number) => {
                let step = if self.random.percent(50) { 1 } else { -1 };
                let moved = number.as_i128().map(|whole| (whole + step).to_string());
                let moved = moved.unwrap_or_else(|| format!("{}", number.as_f64().round()));
                *number = Number::from_lexeme(&moved).unwrap_or_default();
            }
            Json::String(text) => match self.random.below(4) {
                0 => text.push('x'),
                1 => text.push('\u{1F4A9}'),
                2 => drop(text.pop()),
                _ => *text = text.to_uppercase(),
            },
            Json::Array(items) => match self.random.below(3) {
                0 => drop(items.pop()),
                1 => items.extend(items.first().cloned()),
                _ => items.push(self.other()),
            },
            Json::Object(members) => match self.random.below(3) {
                0 => {
                    let at = self.random.below(members.len());
                    members.shift_remove_index(at);
                }
                1 => {
                    let name = self.random.pick(MEMBERS).copied().unwrap_or("more");
                    members.insert(name.to_owned(), self.other());
                }
                _ => {
                    members.insert("unknown".to_owned(), self.other());
                }
            },
        }
    }

    /// Any value, of any type.
    fn other(&mut self) -> Json {
        match self.random.below(8) {
            0 | 1 => Json::Null,
            2 => true.into(),
            3 => self.number(&[], false),
            4 => self.string(&[]),
            5 => Json::Array(vec![Json::Null]),
            6 => Json::Array(Vec::new()),
            _ => Json::Object(Default::default()),
        }
    }
}
