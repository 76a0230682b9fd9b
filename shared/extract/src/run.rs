//! From files to a result.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use matching::calibrate::{Calibration, calibrate};
use matching::candidates::Candidates;
use matching::keys::Plan;
use matching::model::{Model, ModelError};
use matching::register::{Register, Row};
use matching::resolve::{Edge, Resolution, Rulings, edges, resolve, samples};
use matching::score::Millibits;
use matching::train::{Label, train};
use thiserror::Error;

use crate::figures::{Labels, Truth};
use crate::map::{Map, MapError};
use crate::read::{ReadError, Records, Unread, read};
use crate::write::WriteError;

/// Why nothing came out.
#[derive(Debug, Error)]
pub enum ExtractError {
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The map cannot be used.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A record that was asked for is not there.
    #[error("no record has the id {0}: look it up in the files")]
    NoRecord(String),
}

/// Who is told how far it is.
pub trait Progress: Sync {
    /// So many bytes more were read.
    fn read(&self, bytes: u64);
    /// The next part of the work begins.
    fn begins(&self, part: &'static str);
}

/// Records, the model they were weighed by, and what follows.
#[derive(Debug)]
pub struct Solved {
    /// The records.
    pub register: Register,
    /// The model.
    pub model: Model,
    /// The pairs that weigh enough to be looked at.
    pub edges: Vec<Edge>,
    /// Who is who.
    pub resolution: Resolution,
    /// The ids, in order, of records whose role never leads from one case to another: each is a person of its own.
    pub aside: Vec<Box<str>>,
    /// Values that were meant to be one and are none, by field.
    pub unread: Vec<Unread>,
}

impl Solved {
    /// From which weight on every pair is among the edges; below, only those that contradict each other are.
    pub fn kept_from(&self) -> Millibits {
        self.model.thresholds.loose
    }

    /// Whether the role of a record never leads from one case to another.
    pub fn stands_aside(&self, id: &str) -> bool {
        self.aside.binary_search_by(|aside| (**aside).cmp(id)).is_ok()
    }

    /// The row of a record.
    ///
    /// # Errors
    ///
    /// When no record has this id.
    pub fn row(&self, id: &str) -> Result<Row, ExtractError> {
        let found = (0..self.register.rows()).find(|row| self.register.id(*row) == id);
        found.ok_or_else(|| ExtractError::NoRecord(id.to_owned()))
    }
}

/// Reads files and says who is who in them: by `model`, or by one that is trained on these very records.
///
/// # Errors
///
/// When a file, the map or the model cannot be used.
pub fn solve(files: &[PathBuf], map: &Map, model: Option<Model>, told: &dyn Progress) -> Result<Solved, ExtractError> {
    let schema = match &model {
        Some(model) => model.schema()?,
        None => map.schema()?,
    };
    let Records { mut register, aside, unread } = read(files, map, &schema, |bytes| told.read(bytes))?;
    told.begins("keys");
    let plan = Plan::for_file(&register);
    let candidates = Candidates::of(&register, &plan, map.link_only);
    let model = if let Some(model) = model {
        let model = Model { plan, ..model.for_records(register.rows()) };
        model.weigh(&mut register)?;
        model
    } else {
        told.begins("training");
        train(&mut register, plan, &candidates, &[])
    };
    told.begins("pairs");
    let mut edges = edges(&register, &model, &candidates);
    keep_aside(&mut edges, &register, &aside);
    told.begins("groups");
    let resolution = resolve(&register, &model, map.link_only, &edges, &Rulings::default());
    Ok(Solved { register, model, edges, resolution, aside, unread })
}

/// Leaves out pairs of records that are never linked. They have nothing that speaks for one person, but in a file of a few
/// records being in it may be enough to be looked at.
fn keep_aside(edges: &mut Vec<Edge>, register: &Register, aside: &[Box<str>]) {
    if aside.is_empty() {
        return;
    }
    let ids: HashSet<&str> = aside.iter().map(|id| &**id).collect();
    let is_aside: Vec<bool> = (0..register.rows()).map(|row| ids.contains(register.id(row))).collect();
    let linked = |row: Row| is_aside.get(row as usize).is_none_or(|aside| !aside);
    edges.retain(|edge| linked(edge.a) && linked(edge.b));
}

/// What a model is trained with.
#[derive(Debug, Default)]
pub struct Training {
    /// What it is called.
    pub name: String,
    /// What it is trained on, in words.
    pub trained_on: String,
    /// A truth about the records, to calibrate on.
    pub truth: Option<Labels>,
    /// Rulings about pairs, which count in training: `id_l,id_r,same` with `same` 1 or 0.
    pub rulings: Option<PathBuf>,
    /// The precision that pairs must have for sure to be taken for certain.
    pub wanted: f64,
}

/// A model, and what it was trained with.
#[derive(Debug)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// The truth about the records, and what the model was calibrated to by it.
    pub calibrated: Option<(Truth, Calibration)>,
    /// The ids, in order, of records whose role never leads from one case to another: nothing was learnt from them.
    pub aside: Vec<Box<str>>,
    /// Values that were meant to be one and are none, by field: nothing was learnt from them.
    pub unread: Vec<Unread>,
}

/// Trains a model on files, and calibrates it where a truth is given.
///
/// # Errors
///
/// When a file or the map cannot be used.
pub fn train_on(
    files: &[PathBuf],
    map: &Map,
    training: &Training,
    told: &dyn Progress,
) -> Result<Trained, ExtractError> {
    let Records { mut register, aside, unread } = read(files, map, &map.schema()?, |bytes| told.read(bytes))?;
    told.begins("keys");
    let plan = Plan::for_file(&register);
    let labels = match &training.rulings {
        Some(file) => labels(file, &register)?,
        None => Vec::new(),
    };
    told.begins("training");
    let candidates = Candidates::of(&register, &plan, map.link_only);
    let mut model = train(&mut register, plan, &candidates, &labels);
    model.provenance.name.clone_from(&training.name);
    model.provenance.trained_on.clone_from(&training.trained_on);
    model.plan = Plan::for_others(&register, matching::engine::RECORDS as usize);
    let Some(truth) = &training.truth else { return Ok(Trained { model, calibrated: None, aside, unread }) };
    told.begins("calibration");
    let truth = Truth::of(truth, &register);
    let mut edges = edges(&register, &model, &candidates);
    keep_aside(&mut edges, &register, &aside);
    let samples = samples(&register, &edges, |a, b| truth.same(a, b));
    model.provenance.labelled += samples.len() as u64;
    let calibration = calibrate(samples, training.wanted);
    model.curve.clone_from(&calibration.curve);
    // Where the labels prove nothing, the cautious threshold stays.
    let thresholds = &mut model.thresholds;
    thresholds.certain = calibration.certain.unwrap_or(thresholds.certain);
    // Below what was looked at nothing is known of the pairs. What is asked about is looked at with what co-parties may add.
    thresholds.possible = calibration.possible.unwrap_or(thresholds.possible).max(thresholds.loose);
    thresholds.loose = thresholds.loose.min(thresholds.possible - matching::family::MOST);
    Ok(Trained { model, calibrated: Some((truth, calibration)), aside, unread })
}

fn labels(file: &Path, register: &Register) -> Result<Vec<Label>, ExtractError> {
    let rows: HashMap<&str, Row> = (0..register.rows()).map(|row| (register.id(row), row)).collect();
    let mut labels = Vec::new();
    crate::read::columns(file, ["id_l", "id_r", "same"], |[a, b, same]| {
        let row = |id: &str| rows.get(id).copied().ok_or("no record has this id");
        let (a, b) = (row(a)?, row(b)?);
        let same = match same {
            "1" | "true" => true,
            "0" | "false" => false,
            _ => return Err("same is neither 1 nor 0"),
        };
        labels.push(Label { a: a.min(b), b: a.max(b), same });
        Ok(())
    })?;
    labels.sort_unstable();
    labels.dedup();
    Ok(labels)
}
