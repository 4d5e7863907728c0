//! A corpus of real OpenAPI documents that lies beside the repository, and what is known of each.
//!
//! The corpus is looked for in `COUNTERPART_CORPUS`, by default `../shared/corpus`. `verdicts.txt` says which of its
//! documents are refused and for which reason, and which generate only if an error is allowed.

mod documents;
mod verdict;

pub use documents::{Corpus, Document};
pub use verdict::{Verdict, Verdicts};
