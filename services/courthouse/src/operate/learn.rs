//! A model learnt from the register itself.

use std::path::Path;

use anyhow::Result;

/// What was learnt.
#[derive(Debug)]
pub struct Learned {
    /// The model, as `verband models propose` takes it.
    pub model: String,
    /// Its id.
    pub id: String,
    /// From how many records.
    pub records: u32,
    /// And from how many rulings on pairs of them.
    pub rulings: u64,
}

/// Trains a model on the register's records and on what stewards ruled.
///
/// # Errors
/// When PostgreSQL cannot be reached, or the keys are not those of the register.
pub async fn learn(url: &str, key_file: &Path, name: &str) -> Result<Learned> {
    let mut model = super::linker(url, key_file)?.learn().await?;
    name.clone_into(&mut model.provenance.name);
    "the records of a register, and what its stewards ruled".clone_into(&mut model.provenance.trained_on);
    let (records, rulings) = (model.provenance.records, model.provenance.labelled);
    Ok(Learned { id: model.id()?.to_string(), model: model.to_toml()?, records, rulings })
}
