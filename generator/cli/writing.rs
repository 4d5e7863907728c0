//! Files are written while others are still being made: the output of a large contract is larger than the contract.

use std::path::Path;

use super::job::Job;
use crate::output::{OutputError, Writer, Written};
use crate::{GeneratedFile, Outline, Receiver};

/// Writes what is generated.
pub(super) struct Writing<'j> {
    job: &'j Job,
    folder: &'j Path,
    /// Nothing before it is known what will come; afterwards, until something goes wrong, who writes it.
    state: Result<Option<Writer>, OutputError>,
}

impl<'j> Writing<'j> {
    pub fn new(job: &'j Job, folder: &'j Path) -> Self {
        Self { job, folder, state: Ok(None) }
    }

    /// What was written.
    pub fn finish(self) -> Result<Written, OutputError> {
        match self.state? {
            Some(writer) => writer.finish(),
            None => Ok(Written::default()),
        }
    }

    fn write(&mut self, file: &GeneratedFile) {
        if let Ok(Some(writer)) = &mut self.state
            && let Err(error) = writer.write(file)
        {
            self.state = Err(error);
        }
    }
}

impl Receiver for Writing<'_> {
    fn begin(&mut self, outline: &Outline) -> bool {
        let manifest = self.job.manifest(outline);
        let sources: Vec<String> = outline.paths.iter().map(|path| self.job.path(path)).collect();
        let paths = manifest.iter().map(|file| &file.path).chain(&sources).map(String::as_str);
        self.state = Writer::new(paths, self.folder).map(Some);
        manifest.iter().for_each(|manifest| self.write(manifest));
        self.state.is_ok()
    }

    fn file(&mut self, _: usize, file: GeneratedFile) {
        self.write(&GeneratedFile { path: self.job.path(&file.path), ..file });
    }
}
