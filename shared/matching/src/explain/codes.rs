//! Codes as they are stored: the engine's own, written and read as text.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use crate::field::Kind;
use crate::gate::{Conflict, Rule, Veto};

/// What is stored as a code.
pub(crate) trait Coded: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];

    /// The code.
    fn stored(self) -> &'static str;
}

/// Lists all variants; one that is forgotten does not compile.
macro_rules! coded {
    ($type:ident { $($variant:ident $(= $code:literal)?),* $(,)? }) => {
        impl Coded for $type {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn stored(self) -> &'static str {
                match self {
                    $(Self::$variant => coded!(@code self $(, $code)?),)*
                }
            }
        }
    };
    (@code $self:ident, $code:literal) => { $code };
    (@code $self:ident) => { $self.code() };
}

coded!(Rule { Number, NameAndBirth, NameAndBirthAlone, NameAndNearBirth, GivenBirthAndHome, NameAndMore });
coded!(Veto { SameCase, OtherNumber, BirthFar, Namesakes, Twins, InitialsOfAnother, Ruled });
coded!(Conflict { NumberContradicted, NumberSlip, NumberTwiceInCase, NumbersDiffer });
coded!(Kind {
    Given = "given",
    Surname = "surname",
    Birth = "birth",
    Address = "address",
    Numbers = "numbers",
    Text = "text",
    Category = "category",
});

fn read<C: Coded, E: Error>(code: &str) -> Result<C, E> {
    let found = C::ALL.iter().copied().find(|one| one.stored() == code);
    found.ok_or_else(|| E::custom("a code that this version does not know"))
}

pub(crate) fn serialize<C: Coded, S: Serializer>(value: &C, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.stored())
}

pub(crate) fn deserialize<'de, C: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<C, D::Error> {
    read(&String::deserialize(deserializer)?)
}

/// The same where there may be none.
pub(crate) mod optional {
    use super::{Coded, Deserialize, Deserializer, Serializer, read};

    #[expect(clippy::ref_option, reason = "serde hands over references")]
    pub(crate) fn serialize<C: Coded, S: Serializer>(value: &Option<C>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(value.stored()),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, C: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<Option<C>, D::Error> {
        Option::<String>::deserialize(deserializer)?.map(|code| read(&code)).transpose()
    }
}
