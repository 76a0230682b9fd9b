//! The reasons for which two stewards must agree.

/// Why two stewards must agree on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyTwo {
    /// The records contradict each other, or a veto speaks against one person.
    Veto,
    /// Records that are certainly one person would be joined with others that are, or taken apart.
    ConfirmedGroups,
    /// So many cases are concerned.
    ManyCases,
    /// A hearing is near.
    HearingSoon,
    /// It would take the place of a ruling.
    Reversal,
}

impl WhyTwo {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::Veto, Self::ConfirmedGroups, Self::ManyCases, Self::HearingSoon, Self::Reversal];

    /// The reason's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Veto => "veto",
            Self::ConfirmedGroups => "confirmed-groups",
            Self::ManyCases => "many-cases",
            Self::HearingSoon => "hearing-soon",
            Self::Reversal => "reversal",
        }
    }
}
