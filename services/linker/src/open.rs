//! Records opened: what their courts sealed, as far as its key is there.

use std::collections::BTreeMap;

use domain::ids::KeyId;
use domain::party::PartyDetails;
use journal::{JournalError, Transaction};
use matching::record::Record;

use crate::candidates::Kept;
use crate::listen::Linker;
use crate::numbers;

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
        let mut opened = self.details(transaction, kept).await?;
        let numbers = self.one_number(transaction, &mut opened).await?;
        let prepare = |((kept, details), number): ((&Kept, Option<PartyDetails>), Option<Vec<u8>>)| {
            let record = Record::prepare(kept.member, kept.since, kept.beside, &details?);
            Some(Opened { record, number })
        };
        Ok(kept.iter().zip(opened).zip(numbers).map(prepare).collect())
    }

    /// Who each of these is, in their order, as its court wrote it; nothing where it was erased, or there is nobody.
    pub(crate) async fn details(
        &self,
        transaction: &mut Transaction,
        kept: &mut [Kept],
    ) -> Result<Vec<Option<PartyDetails>>, JournalError> {
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

    /// Puts the number that counts in place of each that is merged with others. Answers the keyed hashes of those they had.
    async fn one_number(
        &self,
        transaction: &mut Transaction,
        opened: &mut [Option<PartyDetails>],
    ) -> Result<Vec<Option<Vec<u8>>>, JournalError> {
        let hash = |details: &PartyDetails| Some(numbers::hash(&self.vault, details.skn.as_ref()?.digits()));
        let hashes: Vec<Option<Vec<u8>>> = opened.iter().map(|details| hash(details.as_ref()?)).collect();
        let asked: Vec<Vec<u8>> = hashes.iter().flatten().cloned().collect();
        let aliases = numbers::standing_in(transaction.sql(), &asked).await?;
        if aliases.is_empty() {
            return Ok(hashes);
        }
        let ids: Vec<KeyId> = aliases.values().map(|sealed| sealed.key).collect();
        let keys = self.vault.keys(transaction.sql(), &ids).await?;
        let keys: BTreeMap<KeyId, _> = ids.into_iter().zip(keys).filter_map(|(id, key)| Some((id, key?))).collect();
        for (details, number) in opened.iter_mut().zip(&hashes) {
            let (Some(details), Some(number)) = (details, number) else { continue };
            if let Some(sealed) = aliases.get(number)
                && let Some(key) = keys.get(&sealed.key)
            {
                details.skn = numbers::going_on(&key.open("numbers", sealed)?)?.or(details.skn.take());
            }
        }
        Ok(hashes)
    }
}
