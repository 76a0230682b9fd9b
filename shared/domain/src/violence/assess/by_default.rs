//! What is told where no court has decided anything.

use super::tests::TODAY;
use super::*;

pub(super) fn assess(
    kind: SignalKind,
    own: &MatterView,
    parallel: &MatterView,
    link: &LinkView,
    today: Date,
) -> Option<Assessment> {
    super::assess(kind, own, parallel, link, today, &Policies::default())
}

pub(super) fn withdrawal_reason(
    kind: SignalKind,
    own: Option<&MatterView>,
    parallel: Option<&MatterView>,
    link: Option<&LinkView>,
    unlinked: WhyUnlinked,
) -> WithdrawalReason {
    super::withdrawal_reason(kind, own, parallel, link, unlinked, (TODAY, &Policies::default()))
}
