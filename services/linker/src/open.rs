//! Records opened: what their courts sealed, as far as its key is there.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::KeyId;
use domain::party::PartyDetails;
use journal::{JournalError, Transaction};
use matching::record::Record;

use crate::candidates::Kept;
use crate::listen::Linker;
use crate::numbers::{self, Aliases};

/// A record as it is compared, and the keyed hash of the number of the criminal chain under which its court knows it.
pub(crate) struct Opened {
    pub record: Record,
    pub number: Option<Vec<u8>>,
}

impl Linker {
    /// Each of these opened, in their order. What cannot be opened, since it was erased, is kept without details.
    pub(crate) async fn open(
        &self,
        transaction: &mut Transaction,
        kept: &mut [Kept],
    ) -> Result<Vec<Option<Opened>>, JournalError> {
        let mut details = self.details(transaction, kept).await?;
        let numbers = self.numbers(&details);
        let asked: Vec<Vec<u8>> = numbers.iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let aliases = numbers::standing_in(transaction.sql(), &asked).await?;
        self.one_number(transaction, &mut details, &numbers, &aliases).await?;
        Ok(prepared(kept, details, numbers))
    }

    /// The same, where these stand in for merged numbers.
    pub(crate) async fn open_by(
        &self,
        transaction: &mut Transaction,
        kept: &mut [Kept],
        aliases: &Aliases,
    ) -> Result<Vec<Option<Opened>>, JournalError> {
        let mut details = self.details(transaction, kept).await?;
        let numbers = self.numbers(&details);
        self.one_number(transaction, &mut details, &numbers, aliases).await?;
        Ok(prepared(kept, details, numbers))
    }

    /// The keyed hashes of the numbers of the criminal chain under which these stand.
    fn numbers(&self, details: &[Option<PartyDetails>]) -> Vec<Option<Vec<u8>>> {
        let hash = |details: &PartyDetails| Some(numbers::hash(&self.vault, details.skn.as_ref()?.digits()));
        details.iter().map(|details| hash(details.as_ref()?)).collect()
    }

    /// Who each of these is, in their order, as its court wrote it; nothing where it was erased, or there is nobody.
    pub(crate) async fn details(
        &self,
        transaction: &mut Transaction,
        kept: &mut [Kept],
    ) -> Result<Vec<Option<PartyDetails>>, JournalError> {
        self.work.opened(kept.len());
        let ids: Vec<KeyId> = kept.iter().filter_map(|kept| kept.details.as_ref()).map(|details| details.key).collect();
        let keys = if ids.is_empty() { Vec::new() } else { self.vault.keys(transaction.sql(), &ids).await? };
        let mut keys = keys.into_iter();
        let mut opened: Vec<Option<PartyDetails>> = Vec::with_capacity(kept.len());
        for kept in kept.iter_mut() {
            let key = kept.details.as_ref().and_then(|_| keys.next().flatten());
            kept.details = kept.details.take().filter(|_| key.is_some());
            let details = key.zip(kept.details.as_ref()).map(|(key, details)| {
                let plain = key.open("party", details)?;
                PartyDetails::from_plaintext(&plain)
                    .map_err(|_| JournalError::Impossible { table: "journal.facts", column: "data" })
            });
            opened.push(details.transpose()?);
        }
        Ok(opened)
    }

    /// Puts the number that counts in place of each that is merged with others.
    async fn one_number(
        &self,
        transaction: &mut Transaction,
        opened: &mut [Option<PartyDetails>],
        numbers: &[Option<Vec<u8>>],
        aliases: &Aliases,
    ) -> Result<(), JournalError> {
        let ids: BTreeSet<KeyId> =
            numbers.iter().flatten().filter_map(|number| aliases.get(number)).map(|sealed| sealed.key).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let ids: Vec<KeyId> = ids.into_iter().collect();
        let keys = self.vault.keys(transaction.sql(), &ids).await?;
        let keys: BTreeMap<KeyId, _> = ids.into_iter().zip(keys).filter_map(|(id, key)| Some((id, key?))).collect();
        for (details, number) in opened.iter_mut().zip(numbers) {
            let (Some(details), Some(number)) = (details, number) else { continue };
            if let Some(sealed) = aliases.get(number)
                && let Some(key) = keys.get(&sealed.key)
            {
                details.skn = numbers::going_on(&key.open("numbers", sealed)?)?.or(details.skn.take());
            }
        }
        Ok(())
    }
}

/// Records made ready to be compared.
fn prepared(kept: &[Kept], details: Vec<Option<PartyDetails>>, numbers: Vec<Option<Vec<u8>>>) -> Vec<Option<Opened>> {
    let prepare = |((kept, details), number): ((&Kept, Option<PartyDetails>), Option<Vec<u8>>)| {
        let record = Record::prepare(kept.member, kept.since, kept.beside, &details?);
        Some(Opened { record, number })
    };
    kept.iter().zip(details).zip(numbers).map(prepare).collect()
}
