//! How much one judgement may cost, and what it has found out already so that nothing costs twice.

use std::collections::HashMap;

use super::Limits;
use crate::Json;

/// From so many steps on it is remembered what was found out: most judgements end before that.
const MEMORY_BEGINS: u64 = 2000;

/// The steps of one judgement.
pub(super) struct Budget<'t> {
    pub depth: u32,
    left: u64,
    taken: u64,
    /// The value and the steps for each of its parts, until they are counted.
    reserve: Option<(&'t Json, u64)>,
    /// Set once a bound is exceeded. Answers mean nothing from then on.
    pub exhausted: bool,
}

impl<'t> Budget<'t> {
    pub fn new(value: &'t Json, limits: &Limits) -> Self {
        Self {
            depth: limits.depth,
            left: limits.work,
            taken: 0,
            reserve: Some((value, limits.work_per_part)),
            exhausted: false,
        }
    }

    /// Takes steps; whether there were enough left.
    pub fn spend(&mut self, steps: u64) -> bool {
        if self.left < steps {
            self.count_parts();
        }
        self.taken = self.taken.saturating_add(steps);
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => self.exhausted = true,
        }
        !self.exhausted
    }

    /// How many steps are left.
    pub fn left(&mut self) -> u64 {
        self.count_parts();
        self.left
    }

    /// Adds what there is for each part of the value. Most judgements end before that, and it is not counted for them.
    fn count_parts(&mut self) {
        if let Some((value, each)) = self.reserve.take() {
            self.left = self.left.saturating_add(parts(value).saturating_mul(each));
        }
    }

    /// What a line says about a value is remembered by this, if it is worth it. Only arrays and objects are: they live
    /// as long as the judgement, so that their address is their name.
    pub fn key(&self, line: u32, value: &Json) -> Option<Key> {
        let compound = matches!(value, Json::Array(_) | Json::Object(_));
        (compound && self.taken >= MEMORY_BEGINS).then(|| Key(line, std::ptr::from_ref(value).addr()))
    }
}

/// How many values a value consists of.
fn parts(value: &Json) -> u64 {
    match value {
        Json::Array(items) => items.iter().map(parts).sum::<u64>() + 1,
        Json::Object(members) => members.values().map(parts).sum::<u64>() + 1,
        _ => 1,
    }
}

/// A line and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u32, usize);

/// What lines were found to say about values. Where schemas refer to themselves in several branches, it makes the
/// difference between as many steps as the value has parts and one that is exponential in its depth.
#[derive(Debug)]
pub(super) struct Memory<T>(HashMap<Key, T>);

impl<T> Memory<T> {
    pub fn new() -> Self {
        Self(HashMap::new())
    }

    pub fn get(&self, key: Option<Key>) -> Option<&T> {
        self.0.get(&key?)
    }

    pub fn note(&mut self, key: Option<Key>, found: T) {
        if let Some(key) = key {
            self.0.insert(key, found);
        }
    }
}
