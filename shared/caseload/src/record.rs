//! A party as one source wrote it down.

use serde::Serialize;

use crate::names::Origin;

macro_rules! slips {
    ($($(#[$doc:meta])* $slip:ident,)*) => {
        /// An error that happened to a record, by the rate of that name in [`crate::rates::Rates`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Slip {
            $($(#[$doc])* $slip,)*
        }

        impl Slip {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$slip,)*];
        }
    };
}

slips! {
    /// [`crate::rates::Rates::typo`]
    Typo,
    /// [`crate::rates::Rates::respelling`]
    Respelling,
    /// [`crate::rates::Rates::scan`]
    Scan,
    /// [`crate::rates::Rates::diacritics_lost`]
    DiacriticsLost,
    /// [`crate::rates::Rates::transliteration`]
    Transliteration,
    /// [`crate::rates::Rates::prefix_lost`]
    PrefixLost,
    /// [`crate::rates::Rates::prefix_glued`]
    PrefixGlued,
    /// [`crate::rates::Rates::prefix_abbreviated`]
    PrefixAbbreviated,
    /// [`crate::rates::Rates::initials_only`]
    InitialsOnly,
    /// [`crate::rates::Rates::call_name`]
    CallName,
    /// [`crate::rates::Rates::names_swapped`]
    NamesSwapped,
    /// [`crate::rates::Rates::second_names_dropped`]
    SecondNamesDropped,
    /// [`crate::rates::Rates::names_reordered`]
    NamesReordered,
    /// [`crate::rates::Rates::double_surname_split`]
    DoubleSurnameSplit,
    /// [`crate::rates::Rates::gendered_form`]
    GenderedForm,
    /// [`crate::rates::Rates::patronymic_part`]
    PatronymicPart,
    /// [`crate::rates::Rates::partner_surname`]
    PartnerSurname,
    /// [`crate::rates::Rates::name_placeholder`]
    NamePlaceholder,
    /// [`crate::rates::Rates::day_month_swapped`]
    DayMonthSwapped,
    /// [`crate::rates::Rates::date_digit`]
    DateDigit,
    /// [`crate::rates::Rates::year_only`]
    YearOnly,
    /// [`crate::rates::Rates::month_only`]
    MonthOnly,
    /// [`crate::rates::Rates::first_of_january`]
    FirstOfJanuary,
    /// [`crate::rates::Rates::date_missing`]
    DateMissing,
    /// [`crate::rates::Rates::date_placeholder`]
    DatePlaceholder,
    /// [`crate::rates::Rates::sex_wrong`]
    SexWrong,
    /// [`crate::rates::Rates::place_respelled`]
    PlaceRespelled,
    /// [`crate::rates::Rates::place_missing`]
    PlaceMissing,
    /// [`crate::rates::Rates::address_missing`]
    AddressMissing,
    /// [`crate::rates::Rates::address_outdated`]
    AddressOutdated,
    /// [`crate::rates::Rates::postcode_slip`]
    PostcodeSlip,
    /// [`crate::rates::Rates::addition_variant`]
    AdditionVariant,
    /// [`crate::rates::Rates::street_typo`]
    StreetTypo,
    /// [`crate::rates::Rates::bsn_swapped`]
    BsnSwapped,
    /// [`crate::rates::Rates::bsn_invalid`]
    BsnInvalid,
}

/// The errors that happened to one record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slips(u64);

impl Slips {
    /// Notes one.
    pub fn note(&mut self, slip: Slip) {
        self.0 |= 1 << (slip as u64);
    }

    /// Whether one happened.
    pub const fn has(self, slip: Slip) -> bool {
        self.0 & (1 << (slip as u64)) != 0
    }

    /// How many happened.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// The columns of a record, in the order of its row.
pub const COLUMNS: [&str; 22] = [
    "record_id",
    "source",
    "case_id",
    "role",
    "given_names",
    "initials",
    "prefix",
    "surname",
    "partner_prefix",
    "partner_surname",
    "full_name",
    "birth_date",
    "sex",
    "birth_place",
    "street",
    "house_number",
    "postcode",
    "town",
    "bsn",
    "skn",
    "v_number",
    "registered_on",
];

/// The columns of the truth about a record. The first three are what a measure of clusters needs.
pub const TRUTH_COLUMNS: [&str; 6] = ["record_id", "cluster_id", "source", "bucket", "twin", "namesake"];

/// A party in a case as its source wrote it down, with the truth about it, which is no column. An empty text is a field that
/// the source does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
pub struct PartyRecord {
    /// `<case_id>:<party>`, where the party is the `partyId` of the event.
    pub record_id: String,
    /// The kind of system: family, youth, criminal, huisverbod or civil-ban.
    pub source: &'static str,
    /// The case, by its publisher's opaque id: the `subject` of its events.
    pub case_id: String,
    /// What the party is in the case; several roles are joined by a plus sign.
    pub role: String,
    /// All given names in one text.
    pub given_names: String,
    /// As the source writes them: `J.P.`, `JP`, `J. P.`
    pub initials: String,
    /// The prefix of the surname.
    pub prefix: String,
    /// The surname.
    pub surname: String,
    /// The prefix of the partner's surname.
    pub partner_prefix: String,
    /// The partner's surname.
    pub partner_surname: String,
    /// The whole name in one text, in the manner of the source.
    pub full_name: String,
    /// As the source writes dates: `1985-06-02`, `02-06-1985`, `19850602`; `1985` or `1985-06` when no more is known.
    pub birth_date: String,
    /// `female`, `male`, or empty.
    pub sex: &'static str,
    /// Where the person was born.
    pub birth_place: String,
    /// The street.
    pub street: String,
    /// The house number with its letter and addition.
    pub house_number: String,
    /// The postcode.
    pub postcode: String,
    /// The town.
    pub town: String,
    /// The citizen service number.
    pub bsn: String,
    /// The number of the criminal chain.
    pub skn: String,
    /// The number of a foreign national.
    pub v_number: String,
    /// The day the case was registered.
    pub registered_on: String,
    /// Whether the address is hidden; then the record has none.
    #[serde(skip)]
    pub hidden_address: bool,
    /// Whether the role may lead from one case to another. A record whose role may not is the only one of its cluster.
    #[serde(skip)]
    pub linkable: bool,
    /// Truth: who it is.
    #[serde(skip)]
    pub person_id: String,
    /// Truth: where the name comes from.
    #[serde(skip)]
    pub bucket: Option<Origin>,
    /// Truth: has a twin.
    #[serde(skip)]
    pub twin: bool,
    /// Truth: has the name of another person.
    #[serde(skip)]
    pub namesake: bool,
    /// Truth: what went wrong.
    #[serde(skip)]
    pub slips: Slips,
}

/// Rows of records, as CSV (RFC 4180) in one text, without a heading.
pub fn rows(records: &[PartyRecord]) -> String {
    written(records.len() * 200, |csv| records.iter().all(|record| csv.serialize(record).is_ok()))
}

/// Rows of the truth about records, likewise.
pub fn truth_rows(records: &[PartyRecord]) -> String {
    let yes = |flag: bool| if flag { "1" } else { "0" };
    written(records.len() * 90, |csv| {
        records.iter().all(|record| {
            let bucket = record.bucket.map_or("", Origin::code);
            let row =
                [&record.record_id, &record.person_id, record.source, bucket, yes(record.twin), yes(record.namesake)];
            csv.write_record(row).is_ok()
        })
    })
}

/// The heading of [`rows`].
pub fn heading() -> String {
    format!("{}\n", COLUMNS.join(","))
}

/// The heading of [`truth_rows`].
pub fn truth_heading() -> String {
    format!("{}\n", TRUTH_COLUMNS.join(","))
}

/// What is written into memory; writing there cannot fail.
fn written(capacity: usize, write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> bool) -> String {
    let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::with_capacity(capacity));
    if !write(&mut csv) {
        return String::new();
    }
    csv.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
