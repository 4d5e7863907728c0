//! The lines of a file that a finding is about, cut out and underlined. A place that spans several lines is shown by
//! its first; a line of a minified document is cut to what stands around the place.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Origin, Snippet};

use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Sources, Span};

/// Labels so many lines from the main place are shown in the same snippet.
const NEAR: u32 = 40;

/// So many bytes are kept on each side of a place in a very long line.
const SIDE: usize = 120;

/// The main place with the labels near it, then each label that is far away or in another file.
pub(super) fn elements<'s>(diagnostic: &'s Diagnostic, sources: &'s Sources) -> Vec<Element<'s>> {
    let Some(main) = Mark::new(diagnostic.at, sources, AnnotationKind::Primary, "") else {
        return Vec::new();
    };
    let labels = diagnostic.labels.iter();
    let labels =
        labels.filter_map(|(span, text)| Mark::new(*span, sources, AnnotationKind::Context, text.as_str()));
    let (near, far): (Vec<_>, Vec<_>) = labels.partition(|label| label.is_near(&main));
    let mut marks = vec![main];
    marks.extend(near);
    let groups = std::iter::once(marks).chain(far.into_iter().map(|label| vec![label]));
    groups.flat_map(snippet).collect()
}

/// A place to underline, inside one line.
struct Mark<'s> {
    file: &'s SourceFile,
    /// Line, counted from 1.
    line: u32,
    /// Bytes of the file.
    range: Range<usize>,
    kind: AnnotationKind,
    text: &'s str,
}

impl<'s> Mark<'s> {
    fn new(span: Span, sources: &'s Sources, kind: AnnotationKind, text: &'s str) -> Option<Self> {
        let file = sources.get(span.file)?;
        let start = boundary(&file.text, span.start as usize);
        let line = file.line_column(span.start).line;
        let end_of_line = line_range(file, line, line).end;
        let end = boundary(&file.text, span.end as usize).min(end_of_line).max(start);
        Some(Self { file, line, range: start..end, kind, text })
    }

    fn is_near(&self, other: &Self) -> bool {
        std::ptr::eq(self.file, other.file) && self.line.abs_diff(other.line) <= NEAR
    }
}

/// The lines from the first mark to the last, which are of one file; or the surroundings of one in a long line.
fn snippet<'s>(marks: Vec<Mark<'s>>) -> Vec<Element<'s>> {
    let (Some(first), Some(last)) = (marks.iter().map(|m| m.line).min(), marks.iter().map(|m| m.line).max())
    else {
        return Vec::new();
    };
    let mut elements = Vec::new();
    let Some(main) = marks.first() else { return elements };
    let file = main.file;
    let window = line_range(file, first, last);
    // By the table of lines: a minified document is one, and is not to be searched again for each finding.
    let long = (first..=last).any(|line| line_range(file, line, line).len() > 4 * SIDE);
    if !long {
        let snippet = Snippet::source(file.text.get(window.clone()).unwrap_or_default())
            .path(file.path.as_str())
            .line_start(first as usize);
        return vec![underline(snippet, &marks, window).into()];
    }
    for mark in &marks {
        let line = line_range(file, mark.line, mark.line);
        let start = boundary(&file.text, mark.range.start.saturating_sub(SIDE)).max(line.start);
        let end = boundary(&file.text, mark.range.start + 2 * SIDE).min(line.end);
        let origin = Origin::path(file.path.as_str()).line(mark.line as usize);
        let column = file.text.get(line.start..mark.range.start).map_or(0, |text| text.chars().count());
        elements.push(Element::Origin(origin.char_column(column + 1)));
        let snippet =
            Snippet::source(file.text.get(start..end).unwrap_or_default()).line_start(mark.line as usize);
        elements.push(underline(snippet, std::slice::from_ref(mark), start..end).into());
    }
    elements
}

/// Puts the marks into a snippet that shows `window` of the file.
fn underline<'s>(
    snippet: Snippet<'s, Annotation<'s>>,
    marks: &[Mark<'s>],
    window: Range<usize>,
) -> Snippet<'s, Annotation<'s>> {
    let length = window.end.saturating_sub(window.start);
    let within = |offset: usize| offset.saturating_sub(window.start).min(length);
    snippet.annotations(marks.iter().map(|mark| {
        let annotation = mark.kind.span(within(mark.range.start)..within(mark.range.end));
        if mark.text.is_empty() { annotation } else { annotation.label(mark.text) }
    }))
}

/// The bytes of some lines, without the last line end.
fn line_range(file: &SourceFile, first: u32, last: u32) -> Range<usize> {
    let starts = file.lines();
    let start_of = |line: u32| starts.get(line as usize).map(|start| *start as usize);
    let start = start_of(first.saturating_sub(1)).unwrap_or(file.text.len());
    let end = start_of(last).map_or(file.text.len(), |next| next.saturating_sub(1));
    start..end.max(start)
}

/// The nearest place at or before `offset` where a character begins.
fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
