//! How often a source writes down something else than what is true, and why.
//!
//! No Dutch court publishes such figures. The rates are set from what registers abroad and hospital-to-register studies report
//! (about one name in thirty misspelt, about one date in a hundred wrong among self-reported data), and from the forms a record
//! takes in each kind of file; they are there to be changed. A rate holds for a record to which the error can happen at all:
//! a name without a prefix cannot lose it. Several errors may happen to one record.

use crate::draws::Rate;

macro_rules! rates {
    ($($(#[$doc:meta])* $field:ident: $rate:expr,)*) => {
        /// Rates of errors.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Rates {
            $($(#[$doc])* pub $field: Rate,)*
            /// How many tenths of these rates hold for victims and witnesses: nobody checks what they say of themselves at
            /// a police desk, often in a second language. 20 is twice as often.
            pub self_reported_tenths: u16,
        }

        impl Default for Rates {
            fn default() -> Self {
                Self { $($field: $rate,)* self_reported_tenths: 20 }
            }
        }

        impl Rates {
            /// The same rate for every kind of error.
            pub fn all(rate: Rate) -> Self {
                Self { $($field: rate,)* self_reported_tenths: 10 }
            }

            /// The rates for what people say of themselves.
            #[must_use]
            pub fn self_reported(&self) -> Self {
                let tenths = self.self_reported_tenths;
                Self { $($field: self.$field.tenths(tenths),)* self_reported_tenths: 10 }
            }
        }
    };
}

rates! {
    /// A letter too many, too few, another (a neighbour on the keyboard), or two exchanged; of a surname, and half as often of
    /// given names. The commonest slip of whoever types over a form.
    typo: Rate::per_10_000(250),
    /// A surname or given name spelled as it sounds: what is told by voice, and what is usual for the origin of the name.
    respelling: Rate::per_10_000(300),
    /// Letters taken for others by a scanner: `rn` for `m`, `l` for `i`. Scanned petitions only are few.
    scan: Rate::per_10_000(40),
    /// Diacritics dropped, of a name that has any: many systems and keyboards have none.
    diacritics_lost: Rate::percent(55),
    /// Another transliteration, of a name that is transliterated or of other letters: each register did it anew.
    transliteration: Rate::percent(9),
    /// The prefix left out.
    prefix_lost: Rate::per_10_000(250),
    /// The prefix written as part of the surname: `van den Berg` in one field, `Vandenberg`, `Elamrani`.
    prefix_glued: Rate::per_10_000(400),
    /// The prefix abbreviated or another one of the kind: `v.d.`, `v/d`, `van der` for `van den`.
    prefix_abbreviated: Rate::per_10_000(500),
    /// Initials instead of given names, beyond what is usual for the file.
    initials_only: Rate::per_10_000(300),
    /// The everyday name instead of the given names.
    call_name: Rate::per_10_000(500),
    /// Given names and surname in each other's field. Ten times as often where the surname comes first in the country of
    /// origin, or there is none.
    names_swapped: Rate::per_10_000(60),
    /// Second and later given names left out.
    second_names_dropped: Rate::percent(15),
    /// Given names in another order.
    names_reordered: Rate::per_10_000(100),
    /// One half of a double surname left out, or the two in the other order.
    double_surname_split: Rate::percent(12),
    /// The other form of a Slavic surname: the husband's for the wife.
    gendered_form: Rate::per_10_000(700),
    /// Another part of a patronymic name as the surname.
    patronymic_part: Rate::percent(20),
    /// The partner's surname alone, in the field of the own, of somebody who uses it.
    partner_surname: Rate::percent(22),
    /// A family name without given names and with a filler, or `N.N.`.
    name_placeholder: Rate::per_10_000(25),
    /// Day and month exchanged.
    day_month_swapped: Rate::per_10_000(70),
    /// One digit of the birth date another.
    date_digit: Rate::per_10_000(90),
    /// Only the year.
    year_only: Rate::per_10_000(60),
    /// Only year and month.
    month_only: Rate::per_10_000(20),
    /// 1 January, or 1 July, of the year: the custom where the day is not known. Not to be confused with those whose date in
    /// the register is that day: see [`crate::shares::Shares::first_of_january`].
    first_of_january: Rate::per_10_000(50),
    /// No date, beyond what is usual for the file.
    date_missing: Rate::per_10_000(150),
    /// A date that stands for none: 00000000, 01-01-1900.
    date_placeholder: Rate::per_10_000(25),
    /// The other sex.
    sex_wrong: Rate::per_10_000(40),
    /// The birth place spelled in another way.
    place_respelled: Rate::percent(15),
    /// No birth place, beyond what is usual for the file.
    place_missing: Rate::per_10_000(300),
    /// No address, beyond what is usual for the file.
    address_missing: Rate::per_10_000(300),
    /// The address before the present one.
    address_outdated: Rate::per_10_000(800),
    /// A slip in the postcode.
    postcode_slip: Rate::per_10_000(150),
    /// A house number with its addition written otherwise or left out.
    addition_variant: Rate::percent(30),
    /// A street misspelt.
    street_typo: Rate::per_10_000(200),
    /// The number of another member of the family in the place of the own: the error that passes every check.
    bsn_swapped: Rate::per_10_000(60),
    /// A number with one wrong digit, which fails the eleven-test.
    bsn_invalid: Rate::per_10_000(50),
}

/// How much of a person a kind of file has; each the share of records with it. From what each court's papers ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The citizen service number, of those who have one.
    pub bsn: Rate,
    /// The number of the criminal chain.
    pub skn: Rate,
    /// The number of a foreign national, of those who have one.
    pub v_number: Rate,
    /// Anything of the name.
    pub name: Rate,
    /// Given names; initials otherwise.
    pub given_names: Rate,
    /// The everyday name where given names are, as somebody introduces himself.
    pub call_name: Rate,
    /// Every given name, of those with several; otherwise the first.
    pub every_given_name: Rate,
    /// Initials beside the given names.
    pub initials: Rate,
    /// The birth date.
    pub birth_date: Rate,
    /// The whole of it; otherwise the year.
    pub whole_date: Rate,
    /// The birth place.
    pub birth_place: Rate,
    /// The sex.
    pub sex: Rate,
    /// The address; never a hidden one.
    pub address: Rate,
    /// Whether the own surname is kept apart from the partner's; otherwise the name as used stands in one field.
    pub own_surname: Rate,
    /// Whether people told it themselves and nobody checked it.
    pub self_reported: bool,
}

/// What of somebody a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// An adult in a family case.
    FamilyAdult,
    /// A child in a family case.
    FamilyMinor,
    /// An adult in a youth case.
    YouthAdult,
    /// A child in a youth case.
    YouthMinor,
    /// A suspect or a convicted person.
    Suspect,
    /// A victim, injured party or complainant.
    Victim,
    /// A child in a criminal case: victim or witness.
    CriminalMinor,
    /// Who must leave the home.
    Removed,
    /// An adult who stays in the home.
    Resident,
    /// A child in the home.
    HomeMinor,
    /// A party to a ban in summary proceedings.
    BanParty,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::FamilyAdult,
        Self::FamilyMinor,
        Self::YouthAdult,
        Self::YouthMinor,
        Self::Suspect,
        Self::Victim,
        Self::CriminalMinor,
        Self::Removed,
        Self::Resident,
        Self::HomeMinor,
        Self::BanParty,
    ];
}

const fn carried(shares: [u16; 14], self_reported: bool) -> Carried {
    let [
        bsn,
        skn,
        v_number,
        name,
        given_names,
        call_name,
        every,
        initials,
        birth_date,
        whole,
        birth_place,
        sex,
        address,
        own,
    ] = shares;
    Carried {
        bsn: Rate::percent(bsn),
        skn: Rate::percent(skn),
        v_number: Rate::percent(v_number),
        name: Rate::percent(name),
        given_names: Rate::percent(given_names),
        call_name: Rate::percent(call_name),
        every_given_name: Rate::percent(every),
        initials: Rate::percent(initials),
        birth_date: Rate::percent(birth_date),
        whole_date: Rate::percent(whole),
        birth_place: Rate::percent(birth_place),
        sex: Rate::percent(sex),
        address: Rate::percent(address),
        own_surname: Rate::percent(own),
        self_reported,
    }
}

/// What each side carries: petitions name people and their places (Rv 278, 799), mostly without a number; the board and
/// institutions of youth protection work from the register; suspects are identified (Sv 27a, 27b). Of a victim the police take
/// down the birth date, seldom a number; a petition mostly has an extract of the register with it. A child who looked on often
/// has not even a name. The shares are judgement: nobody has counted them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carriage {
    sides: [Carried; 11],
}

impl Default for Carriage {
    fn default() -> Self {
        Self {
            // bsn, skn, v-number, name, given names, call name, every given name, initials, birth date, whole date, birth
            // place, sex, address, own surname.
            sides: [
                carried([18, 0, 5, 100, 88, 3, 88, 45, 93, 99, 62, 78, 84, 88], false),
                carried([14, 0, 3, 100, 97, 5, 85, 25, 97, 99, 60, 80, 40, 100], false),
                carried([52, 0, 15, 100, 95, 2, 90, 50, 94, 99, 60, 92, 80, 92], false),
                carried([72, 0, 15, 100, 99, 2, 92, 30, 99, 100, 70, 97, 70, 100], false),
                carried([84, 98, 70, 100, 96, 2, 90, 40, 99, 100, 90, 98, 86, 60], false),
                carried([9, 0, 4, 100, 82, 38, 25, 20, 88, 96, 10, 85, 52, 30], true),
                carried([3, 0, 1, 76, 90, 45, 20, 5, 66, 62, 4, 75, 18, 100], true),
                carried([58, 0, 20, 100, 94, 5, 80, 40, 97, 100, 60, 95, 92, 60], false),
                carried([24, 0, 6, 100, 86, 22, 55, 25, 94, 99, 25, 90, 88, 45], true),
                carried([10, 0, 2, 97, 92, 25, 40, 10, 82, 95, 10, 85, 80, 100], true),
                carried([8, 0, 2, 100, 62, 8, 70, 55, 58, 99, 30, 40, 88, 65], false),
            ],
        }
    }
}

impl Carriage {
    /// What a side carries.
    pub fn of(&self, side: Side) -> &Carried {
        match self.sides.get(side as usize) {
            Some(carried) => carried,
            None => &EVERYTHING,
        }
    }

    /// Another carriage for a side.
    #[must_use]
    pub fn with(mut self, side: Side, carried: Carried) -> Self {
        if let Some(place) = self.sides.get_mut(side as usize) {
            *place = carried;
        }
        self
    }
}

/// Everything there is to know, as the best kept register has it.
pub const EVERYTHING: Carried = carried([100, 100, 100, 100, 100, 0, 100, 100, 100, 100, 100, 100, 100, 100], false);
