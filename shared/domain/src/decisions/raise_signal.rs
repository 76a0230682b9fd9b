//! Is the judge of one case to be told of another? Decided anew whenever either case or the link between them changes.

use std::convert::Infallible;

use jiff::civil::Date;

use super::matter::Matter;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{Signal, SignalWithdrawn};
use crate::fact::linker::CasesLinked;
use crate::fact::{AlertsFact, Body, Fact, LinkerFact};
use crate::ids::{CaseId, Pair, SignalId};
use crate::violence::assess::{assess, withdrawal_reason};
use crate::violence::view::{Correspondence, LinkBasis, LinkView};

/// Decides what the judges of `own` are to know of `parallel`, as things stand on `today`.
#[derive(Debug, Clone, Copy)]
pub struct RaiseSignal {
    /// The case whose judges are told.
    pub own: CaseId,
    /// The case they are told of.
    pub parallel: CaseId,
    /// The day on which it is decided; urgency depends on how near the hearing is.
    pub today: Date,
}

/// The two cases, the link, and what was said before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    own: Matter,
    parallel: Matter,
    link: Option<CasesLinked>,
    said: Option<Said>,
}

#[derive(Debug, Clone)]
enum Said {
    Stands(Box<Signal>),
    Withdrawn(u32),
}

impl RaiseSignal {
    /// The signal that this decision is about: always the same for the same cases in the same direction.
    pub fn signal(&self) -> SignalId {
        SignalId::derived(&[&self.own.to_string(), &self.parallel.to_string()])
    }

    fn link_view(&self, link: &CasesLinked) -> LinkView {
        let own_is_a = link.cases.a == self.own;
        let mut persons = Vec::new();
        let mut hard = false;
        for person in &link.persons {
            let (own, parallel) = if own_is_a { (&person.in_a, &person.in_b) } else { (&person.in_b, &person.in_a) };
            hard |= person.basis == LinkBasis::Hard;
            for own in own {
                persons.extend(parallel.iter().map(|parallel| Correspondence { own: *own, parallel: *parallel }));
            }
        }
        let basis = if hard { LinkBasis::Hard } else { LinkBasis::ConfirmedBySteward };
        LinkView { link: link.link, basis, persons }
    }
}

impl Decision for RaiseSignal {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Tags::from([self.own.into(), self.parallel.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        let cases = Pair::of(self.own, self.parallel);
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.own) => known.own.fold(fact),
            Body::Intake(fact) if fact.case() == Some(self.parallel) => known.parallel.fold(fact),
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link)) if link.cases == cases => {
                known.link = Some(link.clone());
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) if link.cases == cases => known.link = None,
            Body::Alerts(AlertsFact::SignalRaised(signal) | AlertsFact::SignalUpdated(signal))
                if signal.signal == self.signal() =>
            {
                known.said = Some(Said::Stands(Box::new(signal.clone())));
            }
            Body::Alerts(AlertsFact::SignalWithdrawn(signal)) if signal.signal == self.signal() => {
                known.said = Some(Said::Withdrawn(signal.version));
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Infallible> {
        let (own, parallel) = (known.own.view(), known.parallel.view());
        let link = known.link.as_ref().map(|link| self.link_view(link));
        let assessment = match (&own, &parallel, &link) {
            (Some(own), Some(parallel), Some(link)) => assess(own, parallel, link, self.today),
            _ => None,
        };
        let signal = |version, assessment| Signal {
            signal: self.signal(),
            own: self.own,
            parallel: self.parallel,
            version,
            as_of: self.today,
            assessment,
        };
        Ok(match (&known.said, assessment) {
            (None | Some(Said::Withdrawn(_)), None) => Vec::new(),
            (None, Some(now)) => vec![AlertsFact::SignalRaised(signal(1, now))],
            (Some(Said::Withdrawn(version)), Some(now)) => vec![AlertsFact::SignalRaised(signal(version + 1, now))],
            (Some(Said::Stands(before)), Some(now)) if before.assessment == now => Vec::new(),
            (Some(Said::Stands(before)), Some(now)) => vec![AlertsFact::SignalUpdated(signal(before.version + 1, now))],
            (Some(Said::Stands(before)), None) => vec![AlertsFact::SignalWithdrawn(SignalWithdrawn {
                signal: self.signal(),
                own: self.own,
                parallel: self.parallel,
                version: before.version + 1,
                because: withdrawal_reason(own.as_ref(), parallel.as_ref(), link.as_ref()),
            })],
        })
    }
}
