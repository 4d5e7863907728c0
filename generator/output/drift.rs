//! How a folder differs from what the contract would generate now.

use std::path::{Path, PathBuf};

/// Every difference, in the order of the generated files, stale ones last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// The differences; none means that the folder is up to date.
    pub findings: Vec<Finding>,
}

/// One file that is not as it would be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Would be generated and is not there.
    Missing {
        /// Where it would be.
        path: PathBuf,
        /// What would be in it.
        fresh: String,
    },
    /// Is there with another text.
    Changed {
        /// Where it is.
        path: PathBuf,
        /// What is in it.
        found: String,
        /// What would be in it.
        fresh: String,
    },
    /// Was generated once and would not be any more.
    Stale {
        /// Where it is.
        path: PathBuf,
        /// What is in it.
        found: String,
    },
}

impl Drift {
    /// Whether the folder is up to date.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Finding {
    /// The file it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path, .. } | Self::Changed { path, .. } | Self::Stale { path, .. } => path,
        }
    }

    /// The word for it: `missing`, `changed` or `stale`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Changed { .. } => "changed",
            Self::Stale { .. } => "stale",
        }
    }

    /// What is on disk, and what would be.
    #[must_use]
    pub fn texts(&self) -> (&str, &str) {
        match self {
            Self::Missing { fresh, .. } => ("", fresh),
            Self::Changed { found, fresh, .. } => (found, fresh),
            Self::Stale { found, .. } => (found, ""),
        }
    }
}
