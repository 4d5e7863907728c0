//! What can go wrong between the generator and the disk: the operation, the path, the cause.

use std::io;
use std::path::{Path, PathBuf};
use std::{error, fmt};

/// Why the files could not be brought to disk.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// The file system refused.
    Io {
        /// What was tried, as a verb: `write`.
        operation: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file that Counterpart did not write stands where a generated one belongs.
    NotOurs(PathBuf),
}

/// Turns what the system said into an error that names operation and path.
pub(super) fn describe(
    operation: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> OutputError + use<> {
    let path = path.to_owned();
    move |cause| OutputError::Io { operation, path, cause }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { operation, path, cause } => {
                write!(f, "cannot {operation} `{}`: {cause}", path.display())
            }
            Self::NotOurs(path) => write!(
                f,
                "`{}` was not written by counterpart and is left alone; remove it, or choose another folder",
                path.display()
            ),
        }
    }
}

impl error::Error for OutputError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { cause, .. } => Some(cause),
            Self::NotOurs(_) => None,
        }
    }
}
