//! The courts' systems as they are known on a developer's machine: three a court, each with a key of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use contract::{Publishers, files};
use domain::court::Court;
use domain::jurisdiction::Jurisdiction;
use nkeys::KeyPair;

/// The publishers of a developer's machine, as files.
#[derive(Debug, Clone)]
pub struct DevPublishers {
    /// Who they are.
    pub list: Publishers,
    /// The list as a file, for intake.
    pub file: PathBuf,
    folder: PathBuf,
}

impl DevPublishers {
    /// The publishers kept in `folder`, made when there are none.
    ///
    /// # Errors
    /// When the files cannot be made or read.
    pub fn open(folder: &Path) -> Result<Self> {
        let file = folder.join("publishers.toml");
        let folder = folder.join("publishers");
        if !file.exists() {
            std::fs::create_dir_all(&folder)?;
            let mut text = String::from("# The courts' systems on this machine. Their seeds lie beside this file.\n");
            for court in Court::all() {
                for system in ["civiel", "straf", "bestuur"] {
                    text.push_str(&one(&folder, court, system)?);
                }
            }
            std::fs::write(&file, text)?;
        }
        let list = Publishers::parse(&std::fs::read_to_string(&file)?).context("the list of publishers")?;
        Ok(Self { list, file, folder })
    }

    /// The seed with which a publisher signs in at the broker.
    ///
    /// # Errors
    /// When there is no such publisher.
    pub fn seed(&self, name: &str) -> Result<String> {
        let publisher = self.list.named(name).context("no publisher of that name")?;
        let path = seed_file(&self.folder, &publisher.name);
        Ok(std::fs::read_to_string(path)?.trim().to_owned())
    }
}

fn seed_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.seed"))
}

/// Makes a publisher: its seed as a file, and its row of the list.
fn one(folder: &Path, court: Court, system: &str) -> Result<String> {
    let name = format!("{}-{system}", court.subject_token());
    let pair = KeyPair::new_user();
    super::write_private(&seed_file(folder, &name), &pair.seed()?)?;
    let jurisdictions: Vec<String> = Jurisdiction::ALL
        .into_iter()
        .filter(|jurisdiction| files::system(*jurisdiction) == system)
        .map(|jurisdiction| format!("\"{}\"", jurisdiction.as_str()))
        .collect();
    let mut row = String::new();
    write!(
        row,
        "\n[[publisher]]\nname = \"{name}\"\nsource = \"urn:nld:oin:00000001823288444000:systeem:{system}-{}\"\n\
         court = \"{}\"\njurisdictions = [{}]\nnkey = \"{}\"\n",
        court.subject_token(),
        court.code(),
        jurisdictions.join(", "),
        pair.public_key(),
    )?;
    Ok(row)
}
