//! A model learnt from the records of a live register, with what people ruled of pairs of them.

use domain::ids::{Pair, PartyId};

use super::{Engine, RECORDS, by_party};
use crate::candidates::Candidates;
use crate::keys::Plan;
use crate::model::Model;
use crate::record::Record;
use crate::register::Row;
use crate::train::{Label, train};

impl Engine {
    /// A model of this one's fields, trained on these records. What people ruled counts as so many pairs more whose class is known; a
    /// ruling on a record that is not among these counts for nothing.
    pub fn learn(&self, records: &[Record], rulings: impl IntoIterator<Item = (Pair<PartyId>, bool)>) -> Model {
        let records = by_party(records);
        let mut register = self.unweighed(&records);
        let parties: Vec<PartyId> = records.keys().copied().collect();
        let row = |party: PartyId| parties.binary_search(&party).ok().and_then(|row| Row::try_from(row).ok());
        let label = |(pair, same): (Pair<PartyId>, bool)| {
            let (a, b) = (row(pair.a)?, row(pair.b)?);
            Some(Label { a: a.min(b), b: a.max(b), same })
        };
        let mut labels: Vec<Label> = rulings.into_iter().filter_map(label).collect();
        labels.sort_unstable();
        labels.dedup();
        let plan = Plan::for_file(&register);
        let candidates = Candidates::of(&register, &plan, false);
        let mut model = train(&mut register, plan, &candidates, &labels);
        model.plan = Plan::for_others(&register, RECORDS as usize);
        model
    }
}
