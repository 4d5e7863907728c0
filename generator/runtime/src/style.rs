//! Parameters, forms and headers as text: style, explode, location (OAS 3.1.2, Style Values).

pub mod encode;
