//! How far the law has come with one charge: the status ladder.
//!
//! Invariants: a status follows from what happened to the charge, never from time; it is kept per charge, so that one charge's
//! acquittal says nothing of another; its wording never calls a suspicion guilt (art. 6(2) ECHR, HR 25-9-2020,
//! ECLI:NL:HR:2020:1526). A decision on a charge that is not known yet waits until the charge is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use super::dismissal::{DismissalCode, DismissalCodeError, DismissalKind};
use crate::lang::Lang;
use crate::settlement::Settlement;

/// A rung of the ladder. `S…` rungs are ordered from a suspicion to a final finding; `X…` rungs end a charge without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Suspected; a report was taken up.
    S20,
    /// Strong indications were assumed by a judge or the prosecutor.
    S25,
    /// Prosecuted.
    S30,
    /// A penalty order by the prosecution, open to objection.
    S35,
    /// A penalty order that has become final.
    S36,
    /// Convicted at first instance, not final.
    S40,
    /// Convicted on appeal, not final.
    S45,
    /// Convicted, final.
    S50,
    /// Proven, but not punishable (ontslag van alle rechtsvervolging): not an acquittal.
    S55,
    /// Dismissed: wrongly regarded as a suspect (code 01).
    X10,
    /// Dismissed on technical grounds.
    X20,
    /// Dismissed for reasons of policy.
    X30,
    /// Settled out of court without anything being established: a transaction, a youth diversion.
    X35,
    /// Acquitted, not final.
    X40,
    /// Acquitted, final.
    X50,
    /// The prosecution ended without a decision on the merits: void summons, or inadmissible.
    X60,
    /// The suspect died.
    X70,
}

/// What a status does to what a judge sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Shown with its tier.
    Shown,
    /// Shown as a neutral line without a tier; calls for nobody's attention.
    Downgraded,
    /// Not shown.
    Withdrawn,
}

/// The court's level that gave a verdict, the later one last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Instance {
    /// The district court.
    First,
    /// The court of appeal.
    Appeal,
    /// The Supreme Court, when it leaves the outcome as it is or decides itself.
    Cassation,
}

/// What a verdict said about one charge.
///
/// Ordered by how much it binds when two verdicts of one instance are known: a decision on the merits over one that left
/// the merits aside (such a charge may be brought again), and among the former the one that is better for the suspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The summons was void.
    SummonsVoid,
    /// The prosecution was inadmissible (niet-ontvankelijk).
    ProsecutionInadmissible,
    /// Convicted, with or without punishment.
    Convicted,
    /// Proven, but the act or the suspect is not punishable (OVAR).
    NotPunishable,
    /// Acquitted.
    Acquitted,
}

/// One verdict on one charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VerdictStep {
    /// In which instance.
    pub instance: Instance,
    /// What it said.
    pub outcome: Outcome,
}

/// All that is known of what happened to a charge, in no particular order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChargeHistory {
    /// How far the prosecution itself has come.
    pub begun: Begun,
    /// The ground on which it was dropped, if it was.
    pub dismissal: Option<DismissalCode>,
    /// On which day, where told.
    pub dismissed_on: Option<Date>,
    /// How the prosecution settled it, if it did.
    pub settlement: Option<Settlement>,
    /// The verdicts on it.
    pub verdicts: Vec<VerdictStep>,
    /// No appeal lies any more against the last verdict, or no objection against the penalty order.
    pub irrevocable: bool,
    /// Since which day, where told.
    pub final_on: Option<Date>,
    /// The suspect died.
    pub suspect_died: bool,
}

/// How far a prosecution has come before any outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Begun {
    /// The charge is not known.
    #[default]
    Unknown,
    /// Somebody is suspected of it.
    Suspected,
    /// Suspected, and a judge or the prosecutor assumed serious suspicions (ernstige bezwaren): a remand, or a behavioural order.
    GravelySuspected,
    /// Charged, or a court ordered that it be (art. 12 Sv).
    Brought,
}

impl Outcome {
    /// Whether the court decided on the charge itself.
    const fn is_on_the_merits(self) -> bool {
        matches!(self, Self::Convicted | Self::NotPunishable | Self::Acquitted)
    }
}

impl ChargeHistory {
    /// The verdict that counts: of the latest instance, and there the one that binds most (see [`Outcome`]).
    pub fn last_verdict(&self) -> Option<VerdictStep> {
        self.verdicts.iter().copied().max()
    }

    /// The status that a settlement by the prosecution leads to.
    fn settled(&self) -> Option<Status> {
        let status = self.settlement.and_then(Settlement::status)?;
        Some(if status == Status::S35 && self.irrevocable { Status::S36 } else { status })
    }
}

impl Status {
    /// Every status, from the lowest rung.
    pub const ALL: [Self; 17] = [
        Self::S20,
        Self::S25,
        Self::S30,
        Self::S35,
        Self::S36,
        Self::S40,
        Self::S45,
        Self::S50,
        Self::S55,
        Self::X10,
        Self::X20,
        Self::X30,
        Self::X35,
        Self::X40,
        Self::X50,
        Self::X60,
        Self::X70,
    ];

    /// The status that a history amounts to; nothing while the charge itself is not known.
    ///
    /// What is final stays, also when the suspect dies; anything else ends with that (art. 69 Sr). A verdict on the merits
    /// decides over a dismissal or settlement (the charge was taken up after all, for instance under art. 12 Sv, or on an
    /// objection to a penalty order); a dismissal or settlement decides over a verdict that left the merits aside.
    pub fn from_history(history: &ChargeHistory) -> Option<Self> {
        if history.begun == Begun::Unknown {
            return None;
        }
        let verdict = history.last_verdict();
        let ending = || history.dismissal.map(Self::of_dismissal).or_else(|| history.settled());
        let status = match verdict.filter(|verdict| verdict.outcome.is_on_the_merits()) {
            Some(verdict) => Self::of_verdict(verdict, history.irrevocable),
            None => ending().unwrap_or(match (verdict, history.begun) {
                (Some(_), _) => Self::X60,
                (None, Begun::Suspected) => Self::S20,
                (None, Begun::GravelySuspected) => Self::S25,
                (None, Begun::Unknown | Begun::Brought) => Self::S30,
            }),
        };
        let stands = matches!(status, Self::S36 | Self::S50 | Self::X10 | Self::X50)
            || (status == Self::S55 && history.irrevocable);
        Some(if history.suspect_died && !stands { Self::X70 } else { status })
    }

    const fn of_verdict(verdict: VerdictStep, irrevocable: bool) -> Self {
        let last = irrevocable || matches!(verdict.instance, Instance::Cassation);
        match (verdict.outcome, verdict.instance) {
            (Outcome::Convicted, _) if last => Self::S50,
            (Outcome::Convicted, Instance::First) => Self::S40,
            (Outcome::Convicted, _) => Self::S45,
            (Outcome::Acquitted, _) if last => Self::X50,
            (Outcome::Acquitted, _) => Self::X40,
            (Outcome::NotPunishable, _) => Self::S55,
            (Outcome::SummonsVoid | Outcome::ProsecutionInadmissible, _) => Self::X60,
        }
    }

    fn of_dismissal(code: DismissalCode) -> Self {
        match code.kind() {
            DismissalKind::WronglySuspected => Self::X10,
            DismissalKind::Technical => Self::X20,
            DismissalKind::Policy => Self::X30,
        }
    }

    /// The code under which the status is stored and sent, such as `S30`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::S20 => "S20",
            Self::S25 => "S25",
            Self::S30 => "S30",
            Self::S35 => "S35",
            Self::S36 => "S36",
            Self::S40 => "S40",
            Self::S45 => "S45",
            Self::S50 => "S50",
            Self::S55 => "S55",
            Self::X10 => "X10",
            Self::X20 => "X20",
            Self::X30 => "X30",
            Self::X35 => "X35",
            Self::X40 => "X40",
            Self::X50 => "X50",
            Self::X60 => "X60",
            Self::X70 => "X70",
        }
    }

    /// Whether the charge has come at least as far as `least`; a charge that ended without a finding never has.
    pub fn reaches(self, least: Self) -> bool {
        self <= Self::S55 && self >= least
    }

    /// What the status does to what a judge sees, where no court has set another policy.
    pub const fn standing(self) -> Standing {
        match self {
            Self::X10 | Self::X20 | Self::X50 | Self::X60 | Self::X70 => Standing::Withdrawn,
            Self::X30 | Self::X35 | Self::X40 => Standing::Downgraded,
            _ => Standing::Shown,
        }
    }

    /// The set wording, the only one used for this status.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::S20, Lang::Nl) => "verdenking; geen vaststelling",
            (Self::S20, Lang::En) => "suspicion; nothing established",
            (Self::S25, Lang::Nl) => "voorlopig oordeel van rechter of officier van justitie; niet veroordeeld",
            (Self::S25, Lang::En) => "provisional view of a judge or prosecutor; not convicted",
            (Self::S30, Lang::Nl) => "wordt vervolgd; niet veroordeeld",
            (Self::S30, Lang::En) => "prosecuted; not convicted",
            (Self::S35, Lang::Nl) => "strafbeschikking van het openbaar ministerie; verzet mogelijk",
            (Self::S35, Lang::En) => "penalty order by the prosecution; open to objection",
            (Self::S36, Lang::Nl) => "strafbeschikking van het openbaar ministerie; onherroepelijk",
            (Self::S36, Lang::En) => "penalty order by the prosecution; final",
            (Self::S40, Lang::Nl) => "veroordeeld in eerste aanleg; nog niet onherroepelijk",
            (Self::S40, Lang::En) => "convicted at first instance; not final",
            (Self::S45, Lang::Nl) => "veroordeeld in hoger beroep; nog niet onherroepelijk",
            (Self::S45, Lang::En) => "convicted on appeal; not final",
            (Self::S50, Lang::Nl) => "onherroepelijk veroordeeld",
            (Self::S50, Lang::En) => "convicted; final",
            (Self::S55, Lang::Nl) => "feit bewezen verklaard; niet strafbaar",
            (Self::S55, Lang::En) => "act found proven; not punishable",
            (Self::X10, Lang::Nl) => "ten onrechte als verdachte aangemerkt",
            (Self::X10, Lang::En) => "wrongly regarded as a suspect",
            (Self::X20, Lang::Nl) => "geseponeerd",
            (Self::X20, Lang::En) => "dismissed by the prosecution",
            (Self::X30, Lang::Nl) => "niet vervolgd om beleidsredenen",
            (Self::X30, Lang::En) => "not prosecuted for reasons of policy",
            (Self::X35, Lang::Nl) => "buiten de rechter afgedaan; niets vastgesteld",
            (Self::X35, Lang::En) => "settled out of court; nothing established",
            (Self::X40, Lang::Nl) => "vrijgesproken; nog niet onherroepelijk",
            (Self::X40, Lang::En) => "acquitted; not final",
            (Self::X50, Lang::Nl) => "vrijgesproken",
            (Self::X50, Lang::En) => "acquitted",
            (Self::X60, Lang::Nl) => "vervolging geëindigd zonder inhoudelijk oordeel",
            (Self::X60, Lang::En) => "prosecution ended without a decision on the merits",
            (Self::X70, Lang::Nl) => "vervolging geëindigd door overlijden",
            (Self::X70, Lang::En) => "prosecution ended by death",
        }
    }

    /// The sentence that always stands beside the label.
    pub const fn disclaimer(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::S20 | Self::S25 | Self::S30, Lang::Nl) => {
                "Geen rechter heeft vastgesteld dat dit is gebeurd; het vermoeden van onschuld geldt."
            }
            (Self::S20 | Self::S25 | Self::S30, Lang::En) => {
                "No court has found that this happened; the presumption of innocence applies."
            }
            (Self::S35 | Self::S36, Lang::Nl) => {
                "Opgelegd door het openbaar ministerie, niet door een rechter; geen rechter heeft dit feit vastgesteld."
            }
            (Self::S35 | Self::S36, Lang::En) => {
                "Imposed by the prosecution and not by a court; no court has made a finding on it."
            }
            (Self::S40 | Self::S45, Lang::Nl) => {
                "De uitspraak staat nog niet vast en kan door een hogere rechter worden vernietigd."
            }
            (Self::S40 | Self::S45, Lang::En) => "The ruling is not final and a higher court may set it aside.",
            (Self::S50, Lang::Nl) => "De uitspraak staat vast.",
            (Self::S50, Lang::En) => "The ruling is final.",
            (Self::S55, Lang::Nl) => {
                "Het feit is bewezen verklaard zonder dat straf kon volgen; dit is geen vrijspraak."
            }
            (Self::S55, Lang::En) => {
                "The act was found proven without punishment being possible; this is not an acquittal."
            }
            (_, Lang::Nl) => "Hieruit mag niets ten nadele van betrokkene worden afgeleid.",
            (_, Lang::En) => "Nothing may be inferred from this to the detriment of the person concerned.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Verdicts, whether the last one is final, and the status.
    type Row = (&'static [(Instance, Outcome)], bool, Status);

    fn history(verdicts: &[(Instance, Outcome)], irrevocable: bool) -> ChargeHistory {
        let verdicts = verdicts.iter().map(|&(instance, outcome)| VerdictStep { instance, outcome }).collect();
        ChargeHistory { begun: Begun::Brought, verdicts, irrevocable, ..ChargeHistory::default() }
    }

    fn dismissed(code: &str) -> ChargeHistory {
        ChargeHistory { dismissal: Some(DismissalCode::parse(code).unwrap()), ..history(&[], false) }
    }

    #[test]
    fn what_a_history_amounts_to() {
        use Instance::{Appeal, Cassation, First};
        use Outcome::{Acquitted, Convicted, NotPunishable, ProsecutionInadmissible, SummonsVoid};
        let table: [Row; 13] = [
            (&[], false, Status::S30),
            (&[(First, Convicted)], false, Status::S40),
            (&[(First, Convicted)], true, Status::S50),
            (&[(First, Convicted), (Appeal, Convicted)], false, Status::S45),
            (&[(Appeal, Acquitted), (First, Convicted)], false, Status::X40),
            (&[(First, Convicted), (Appeal, Acquitted)], true, Status::X50),
            (&[(First, Acquitted), (Appeal, Convicted)], false, Status::S45),
            (&[(First, Convicted), (Appeal, Convicted), (Cassation, Convicted)], false, Status::S50),
            (&[(First, NotPunishable)], true, Status::S55),
            (&[(First, SummonsVoid)], false, Status::X60),
            (&[(First, ProsecutionInadmissible)], true, Status::X60),
            (&[(First, SummonsVoid), (First, Convicted)], false, Status::S40),
            (&[(First, Convicted), (First, Acquitted)], false, Status::X40),
        ];
        for (verdicts, irrevocable, expected) in table {
            assert_eq!(Status::from_history(&history(verdicts, irrevocable)), Some(expected), "{verdicts:?}");
        }
    }

    #[test]
    fn a_dismissal_by_its_ground() {
        assert_eq!(Status::from_history(&dismissed("01")), Some(Status::X10));
        assert_eq!(Status::from_history(&dismissed("02")), Some(Status::X20));
        assert_eq!(Status::from_history(&dismissed("40")), Some(Status::X30));
    }

    #[test]
    fn a_verdict_on_the_merits_decides_over_a_dismissal_and_a_formal_end_does_not() {
        let step = |outcome| vec![VerdictStep { instance: Instance::First, outcome }];
        let revived = ChargeHistory { verdicts: step(Outcome::Convicted), ..dismissed("02") };
        assert_eq!(Status::from_history(&revived), Some(Status::S40));
        let ended = ChargeHistory { verdicts: step(Outcome::SummonsVoid), ..dismissed("01") };
        assert_eq!(Status::from_history(&ended), Some(Status::X10));
    }

    #[test]
    fn before_a_charge_and_beside_the_judge() {
        let begun = |begun| ChargeHistory { begun, ..ChargeHistory::default() };
        assert_eq!(Status::from_history(&begun(Begun::Suspected)), Some(Status::S20));
        assert_eq!(Status::from_history(&begun(Begun::GravelySuspected)), Some(Status::S25));
        let settled = |code, irrevocable| {
            let settlement = Some(Settlement::parse(code).unwrap());
            Status::from_history(&ChargeHistory { settlement, ..history(&[], irrevocable) })
        };
        assert_eq!(settled("penalty-order", false), Some(Status::S35));
        assert_eq!(settled("penalty-order", true), Some(Status::S36));
        assert_eq!(settled("transaction", true), Some(Status::X35));
        assert_eq!(settled("wrongly-suspected-dismissal", false), Some(Status::X10));
        assert_eq!(settled("conditional-dismissal", false), Some(Status::X30));
        assert_eq!(settled("mediation", false), Some(Status::S30), "the charge stands where it stood");
        let objection = ChargeHistory {
            settlement: Some(Settlement::parse("penalty-order").unwrap()),
            ..history(&[(Instance::First, Outcome::Acquitted)], true)
        };
        assert_eq!(Status::from_history(&objection), Some(Status::X50), "the judge decides over the prosecutor");
    }

    #[test]
    fn death_ends_what_is_not_final() {
        use Instance::First;
        let died = |verdicts, irrevocable| {
            Status::from_history(&ChargeHistory { suspect_died: true, ..history(verdicts, irrevocable) })
        };
        assert_eq!(died(&[], false), Some(Status::X70));
        assert_eq!(died(&[(First, Outcome::Convicted)], false), Some(Status::X70));
        assert_eq!(died(&[(First, Outcome::Convicted)], true), Some(Status::S50));
        assert_eq!(died(&[(First, Outcome::Acquitted)], true), Some(Status::X50));
        assert_eq!(died(&[(First, Outcome::NotPunishable)], false), Some(Status::X70));
        assert_eq!(died(&[(First, Outcome::NotPunishable)], true), Some(Status::S55));
        let cleared = ChargeHistory { suspect_died: true, ..dismissed("01") };
        assert_eq!(
            Status::from_history(&cleared),
            Some(Status::X10),
            "that there was no suspicion is said all the same"
        );
    }

    #[test]
    fn a_decision_waits_for_its_charge() {
        let early = ChargeHistory { begun: Begun::Unknown, ..history(&[(Instance::First, Outcome::Convicted)], true) };
        assert_eq!(Status::from_history(&early), None);
        assert_eq!(Status::from_history(&ChargeHistory { begun: Begun::Unknown, ..dismissed("01") }), None);
    }

    #[test]
    fn every_status_travels_as_its_code() {
        for status in Status::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.code());
            assert_eq!(serde_json::from_value::<Status>(status.code().into()).unwrap(), status);
        }
    }

    #[test]
    fn only_findings_and_suspicions_reach_a_rung() {
        assert!(Status::S40.reaches(Status::S30));
        assert!(Status::S55.reaches(Status::S40));
        assert!(!Status::S30.reaches(Status::S40));
        for ended in Status::ALL.into_iter().filter(|status| status.code().starts_with('X')) {
            assert!(!ended.reaches(Status::S20), "{}", ended.code());
        }
    }

    #[test]
    fn what_ended_without_a_finding_is_withdrawn_or_downgraded() {
        let table = [
            (Status::S30, Standing::Shown),
            (Status::S55, Standing::Shown),
            (Status::X10, Standing::Withdrawn),
            (Status::X20, Standing::Withdrawn),
            (Status::X30, Standing::Downgraded),
            (Status::X40, Standing::Downgraded),
            (Status::X50, Standing::Withdrawn),
            (Status::X60, Standing::Withdrawn),
        ];
        for (status, expected) in table {
            assert_eq!(status.standing(), expected, "{}", status.code());
        }
    }
}
