//! The stages of a run, their keys, and the memory of finished ones.
//!
//! A stage's key is a hash of its name, its code's version, the settings it reads and its inputs' keys: equal key,
//! equal output. A renamed label is no such setting, so it recomputes nothing.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// Raised when a stage's code comes to another answer for the same settings and inputs.
const CODE_VERSION: u32 = 1;
/// Stages that so many runs did not ask for are forgotten.
const KEPT_GENERATIONS: u64 = 6;

/// The stages in their order; each needs those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Load,
    Deduplicate,
    Match,
    Merge,
    Activities,
    Segments,
}

impl Stage {
    pub const ALL: [Self; 6] =
        [Self::Load, Self::Deduplicate, Self::Match, Self::Merge, Self::Activities, Self::Segments];

    pub fn label(self) -> &'static str {
        match self {
            Self::Load => msg!("Load"),
            Self::Deduplicate => msg!("Deduplicate"),
            Self::Match => msg!("Match"),
            Self::Merge => msg!("Merge"),
            Self::Activities => msg!("Activities"),
            Self::Segments => msg!("Segments"),
        }
    }
}

/// What identifies a stage's output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StageKey([u8; 32]);

impl StageKey {
    /// The key of a stage with these settings and inputs.
    pub fn new(stage: Stage, settings: &impl Serialize, inputs: &[Self]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&CODE_VERSION.to_le_bytes()).update(stage.label().as_bytes());
        // Settings are plain project data with string keys: their serialization does not fail.
        let settings = serde_json::to_vec(settings).unwrap_or_default();
        hasher.update(&(settings.len() as u64).to_le_bytes()).update(&settings);
        for input in inputs {
            hasher.update(&input.0);
        }
        Self(*hasher.finalize().as_bytes())
    }

    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

type Slot = (Arc<dyn Any + Send + Sync>, u64);

/// Finished stages by key, shared by runs and previews. In memory; the least recently asked-for leave first.
#[derive(Default)]
pub struct StageCache {
    slots: Mutex<HashMap<StageKey, Slot>>,
    generation: Mutex<u64>,
}

impl StageCache {
    /// Begins a run: forgets what the last few runs did not use.
    pub fn begin_run(&self) {
        let mut generation = self.generation.lock().unwrap_or_else(PoisonError::into_inner);
        *generation += 1;
        let oldest = generation.saturating_sub(KEPT_GENERATIONS);
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, (_, used)| *used >= oldest);
    }

    /// The output under this key, computed where it is not there; says whether it was.
    pub fn get_or_compute<T: Send + Sync + 'static, E>(
        &self,
        key: StageKey,
        compute: impl FnOnce() -> Result<T, E>,
    ) -> Result<(Arc<T>, bool), E> {
        let generation = *self.generation.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((value, used)) = self.slots.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&key)
            && let Ok(value) = Arc::clone(value).downcast::<T>()
        {
            *used = generation;
            return Ok((value, true));
        }
        let value = Arc::new(compute()?);
        let shared: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(&value);
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).insert(key, (shared, generation));
        Ok((value, false))
    }
}
