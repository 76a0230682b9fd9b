//! The killing of one parent by the other: what the law attaches to it for the children (art. 1:242a, 1:250(2), 1:377e(3) BW).
//!
//! Invariants: only a completed killing counts, for the law says to kill (an attempt is told as any other offence); only where
//! suspect and victim are the parents in a case about minors; an acquittal, final or not, and a dismissal take it back; the death
//! of the suspect does not, for the children still have to live somewhere.

use jiff::ToSpan;

use super::assessment::{KillingLine, RoleLine};
use super::catalogue::{Catalogue, ModifierKind};
use super::orders::Between;
use super::persons::{minors, role_line};
use super::relation::Place;
use super::status::{Standing, Status};
use super::view::{ChargeView, ContactView};

/// For how many years contact must have been denied for a new request to wait, and how long it waits (art. 1:377e(3) BW).
const YEARS: i64 = 2;

/// The role of who brings a case, and the kinds of cases in which contact is asked for.
const BRINGS: &str = "petitioner";
const ASKS_FOR_CONTACT: [&str; 2] = ["contact-arrangement", "contact-after-partner-killing"];

const INDICATOR: &str = "homicide-partner";

impl Between<'_> {
    /// The killing that the parallel criminal case is about, if it is about one; of several, the one furthest in law.
    pub fn killing(&self) -> Option<KillingLine> {
        let children: Vec<RoleLine> =
            minors(self.own).into_iter().map(|minor| role_line(self.own, &[minor].into())).collect();
        if children.is_empty() {
            return None;
        }
        let line = |charge: &ChargeView| {
            let status = Status::from_history(&charge.history)?;
            let suspect = self.persons.behind(charge.suspect).filter(|one| self.is_parent(*one))?;
            let victims = charge.victims.iter().filter_map(|victim| self.persons.behind(*victim));
            let parent = victims.filter(|one| *one != suspect && self.is_parent(*one)).min()?;
            (stands(status) && is_completed_killing(charge)).then(|| KillingLine {
                charge: charge.charge,
                status,
                suspect: self.role(suspect),
                parent: self.role(parent),
                children: children.clone(),
                request_from: self.request_from(suspect),
                too_soon: self.is_too_soon(suspect),
            })
        };
        self.parallel.charges.iter().filter_map(line).max_by_key(|line| (line.status, line.charge))
    }

    /// The first day on which the suspect can ask for contact again, as far as the own case denied it.
    fn request_from(&self, suspect: usize) -> Option<jiff::civil::Date> {
        let records = &self.persons.at(suspect).here;
        let long = |contact: &&ContactView| records.contains(&contact.with) && denies_for_long(contact);
        let here = self.own.contact.iter().find(long).and(self.own.final_on);
        here.and_then(|on| on.checked_add(YEARS.years()).ok()).max(self.waits(suspect))
    }

    /// Until when the suspect has to wait by what another case decided.
    fn waits(&self, suspect: usize) -> Option<jiff::civil::Date> {
        let records = &self.persons.at(suspect).here;
        self.own.elsewhere.waits.iter().filter(|wait| !wait.who.is_disjoint(records)).map(|wait| wait.until).max()
    }

    /// Whether this case is a request of the suspect for contact that came before the day from which it can be made.
    fn is_too_soon(&self, suspect: usize) -> bool {
        let brings = self.role(suspect).roles.iter().any(|role| role.code() == BRINGS);
        let asks = brings && ASKS_FOR_CONTACT.contains(&self.own.kind.code());
        asks && self.own.registered_on.zip(self.waits(suspect)).is_some_and(|(on, until)| on < until)
    }

    fn is_parent(&self, position: usize) -> bool {
        self.persons.at(position).place == Place::Parent
    }
}

/// Whether contact is denied for as long as it takes for a new request to wait.
pub(super) fn denies_for_long(contact: &ContactView) -> bool {
    let least = contact.from.checked_add(YEARS.years()).ok();
    !contact.allowed && contact.until.is_none_or(|until| least.is_some_and(|least| until >= least))
}

/// Whether a status lets the rule apply.
fn stands(status: Status) -> bool {
    status == Status::X70 || status.standing() == Standing::Shown
}

fn is_completed_killing(charge: &ChargeView) -> bool {
    let catalogue = Catalogue::current();
    let begun_only =
        charge.particulars.articles.iter().any(|article| {
            matches!(catalogue.modifier(article), Some(ModifierKind::Attempt | ModifierKind::Preparation))
        });
    !begun_only && catalogue.find(&charge.particulars).hits.iter().any(|hit| hit.indicator.code() == INDICATOR)
}
