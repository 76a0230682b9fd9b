//! The catalogue: which indicators a charge amounts to.
//!
//! Invariants: an article is looked up together with the period of the offence, because numbers changed meaning on
//! 1 July 2024; what the catalogue does not know is returned as unknown and never dropped, and what it knows to be no matter of this
//! house gives nothing; the order in which articles or tags are given changes nothing.
//!
//! To add an offence: a row in `code-lists/offences.toml`, with an indicator of `code-lists/indicators.toml`; to say that one is no
//! matter of this house, a row in `code-lists/unrelated.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use super::indicator::{Indicator, IndicatorError, RelationRule};
pub use super::particulars::{ChargeParticulars, OffencePeriod, OffencePeriodError};
pub use super::tag::{Tag, TagError};
use crate::article::Article;
use crate::code_list::{self, Entry, Row};
use crate::lang::Label;

/// The least serious tier: context, which never calls for attention by itself.
pub const CONTEXT_TIER: u8 = 4;

static CURRENT: LazyLock<Catalogue> = LazyLock::new(|| Catalogue {
    offences: code_list::embedded(include_str!("../../code-lists/offences.toml")),
    modifiers: code_list::embedded(include_str!("../../code-lists/modifiers.toml")),
    unrelated: code_list::embedded(include_str!("../../code-lists/unrelated.toml")),
});

/// Offences by article and law version, and what qualifies them.
pub struct Catalogue {
    offences: Vec<OffenceRow>,
    modifiers: Vec<ModifierRow>,
    unrelated: Vec<UnrelatedRow>,
}

#[derive(Deserialize)]
struct OffenceRow {
    indicator: Indicator,
    articles: Vec<Article>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    tier: u8,
    raised: Option<Raised>,
    required_tag: Option<Tag>,
    relations: Option<Vec<RelationRule>>,
    facts: Option<Label>,
}

/// A more serious tier, beside an article or with a tag.
#[derive(Deserialize)]
struct Raised {
    tier: u8,
    by_article: Option<Article>,
    by_tag: Option<Tag>,
}

#[derive(Deserialize)]
struct ModifierRow {
    kind: ModifierKind,
    articles: Vec<Article>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    of: Option<Vec<Article>>,
}

/// Articles, or a whole law, of which it is known that they say no indicator.
#[derive(Deserialize)]
struct UnrelatedRow {
    #[serde(flatten)]
    entry: Entry,
    #[serde(default)]
    articles: Vec<Article>,
    law: Option<String>,
}

impl Row for UnrelatedRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

impl UnrelatedRow {
    /// Whether it says so of an article on every day of a period.
    fn covers(&self, article: &Article, period: OffencePeriod) -> bool {
        let of_law = self.law.as_deref().is_some_and(|law| law == article.law().as_str());
        let version = LawVersion { from: self.entry.valid_from, to: self.entry.valid_to };
        version.covers(period) && (of_law || self.articles.iter().any(|one| same_number(one, article)))
    }
}

/// How an article qualifies another article of the same charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModifierKind {
    /// Attempted (poging, art. 45 Sr).
    Attempt,
    /// Prepared (voorbereiding, art. 46 Sr).
    Preparation,
    /// With others, or by helping them (art. 47 and 48 Sr).
    Participation,
    /// Punished more severely, such as art. 304 Sr: against a parent, partner or child.
    Aggravation,
}

/// The days on which an article has the meaning that was found; open where no change of meaning is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LawVersion {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// What makes two hits one: the same indicator, in one version of the law, counting in the same relations.
type Meaning = (Indicator, LawVersion, Vec<RelationRule>);

/// An indicator that a charge amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorHit {
    /// The indicator.
    pub indicator: Indicator,
    /// How serious: 1 (near-)lethal or sexual against a child, 2 serious, 3 moderate, 4 context.
    pub tier: u8,
    /// In which version of the law.
    pub law_version: LawVersion,
    /// The articles that say it, those that qualify them included; in order.
    pub articles: Vec<Article>,
    /// The relations in which it counts.
    pub relations: Vec<RelationRule>,
}

impl IndicatorHit {
    /// Whether it calls for a judge's attention by itself.
    pub fn pushes(&self) -> bool {
        self.indicator.pushes() && self.tier < CONTEXT_TIER
    }
}

/// What a charge amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// The indicators, the most serious first.
    pub hits: Vec<IndicatorHit>,
    /// Articles that the catalogue does not know for that period: a person must look at them.
    pub unknown: Vec<Article>,
    /// Articles whose meaning changed within the period: `hits` holds each meaning, and a person must say which it is.
    pub both_regimes: Vec<Article>,
}

impl LawVersion {
    fn overlaps(self, period: OffencePeriod) -> bool {
        self.from.is_none_or(|from| from <= period.to()) && self.to.is_none_or(|to| to >= period.from())
    }

    fn covers(self, period: OffencePeriod) -> bool {
        self.from.is_none_or(|from| from <= period.from()) && self.to.is_none_or(|to| to >= period.to())
    }
}

impl OffenceRow {
    const fn version(&self) -> LawVersion {
        LawVersion { from: self.valid_from, to: self.valid_to }
    }

    fn tier(&self, charge: &ChargeParticulars) -> u8 {
        let raised = self.raised.as_ref().filter(|raised| {
            raised.by_article.as_ref().is_some_and(|by| charge.articles.iter().any(|article| same_number(article, by)))
                || raised.by_tag.is_some_and(|by| charge.tags.contains(&by))
        });
        raised.map_or(self.tier, |raised| raised.tier)
    }
}

/// Whether two articles are one but for the paragraph.
fn same_number(one: &Article, other: &Article) -> bool {
    one.law() == other.law() && one.number() == other.number()
}

impl Catalogue {
    /// The catalogue of this version of the house.
    pub fn current() -> &'static Self {
        &CURRENT
    }

    /// What a charge amounts to.
    pub fn find(&self, charge: &ChargeParticulars) -> Finding {
        let articles: BTreeSet<&Article> = charge.articles.iter().collect();
        let modifiers: BTreeSet<&Article> =
            articles.iter().copied().filter(|article| self.qualifies(article, charge)).collect();
        let mut found: BTreeMap<Meaning, (u8, BTreeSet<&Article>)> = BTreeMap::new();
        let mut hit = |indicator: Indicator, version, relations: Option<&Vec<RelationRule>>, tier: u8, says: Vec<_>| {
            let relations = relations.map_or_else(|| indicator.relations().to_vec(), Clone::clone);
            let (least, articles) = found.entry((indicator, version, relations)).or_insert((tier, BTreeSet::new()));
            *least = tier.min(*least);
            articles.extend(says);
            articles.extend(&modifiers);
        };
        let mut finding = Finding::default();
        for article in &articles {
            let rows = self.meanings(article, charge.period);
            if rows.is_empty() && !modifiers.contains(article) && !self.is_unrelated(article, charge.period) {
                finding.unknown.push((*article).clone());
            }
            if rows.iter().any(|row| !row.version().covers(charge.period)) {
                finding.both_regimes.push((*article).clone());
            }
            for row in rows.iter().filter(|row| row.required_tag.is_none_or(|tag| charge.tags.contains(&tag))) {
                hit(row.indicator, row.version(), row.relations.as_ref(), row.tier(charge), vec![*article]);
            }
        }
        for (tier, indicator) in charge.tags.iter().filter_map(|tag| said_by(*tag)) {
            hit(indicator, LawVersion::default(), None, tier, articles.iter().copied().collect());
        }
        finding.hits = found
            .into_iter()
            .map(|((indicator, law_version, relations), (tier, articles))| {
                let articles = articles.into_iter().cloned().collect();
                IndicatorHit { indicator, tier, law_version, articles, relations }
            })
            .collect();
        finding.hits.sort_by_key(|hit| hit.tier);
        finding
    }

    /// What an article says in one version of the law, where that differs between versions.
    pub fn facts(&self, article: &Article, version: LawVersion) -> Option<&Label> {
        self.offences
            .iter()
            .filter(|row| row.version() == version && row.articles.iter().any(|one| same_number(one, article)))
            .find_map(|row| row.facts.as_ref())
    }

    /// Whether it is known of an article that it is no matter of this house.
    fn is_unrelated(&self, article: &Article, period: OffencePeriod) -> bool {
        self.unrelated.iter().any(|row| row.covers(article, period))
    }

    /// How an article qualifies others, if it does.
    pub fn modifier(&self, article: &Article) -> Option<ModifierKind> {
        self.modifiers.iter().find(|row| row.articles.iter().any(|one| same_number(one, article))).map(|row| row.kind)
    }

    /// The rows that an article has in a period. Where a row names its very paragraph, only such rows count.
    fn meanings(&self, article: &Article, period: OffencePeriod) -> Vec<&OffenceRow> {
        let rows = |exact: bool| {
            let fits = move |one: &Article| {
                let paragraph = if exact { article.paragraph() } else { None };
                same_number(one, article) && one.paragraph() == paragraph
            };
            let overlapping = self.offences.iter().filter(move |row| row.version().overlaps(period));
            overlapping.filter(|row| row.articles.iter().any(fits)).collect::<Vec<_>>()
        };
        let exact = rows(true);
        if exact.is_empty() { rows(false) } else { exact }
    }

    /// Whether an article qualifies another article of this charge.
    fn qualifies(&self, article: &Article, charge: &ChargeParticulars) -> bool {
        let is_offence = |other: &Article| !self.meanings(other, charge.period).is_empty();
        self.modifiers.iter().any(|row| {
            let version = LawVersion { from: row.valid_from, to: row.valid_to };
            version.overlaps(charge.period)
                && row.articles.iter().any(|one| same_number(one, article))
                && charge.articles.iter().any(|other| match &row.of {
                    Some(of) => of.iter().any(|one| same_number(one, other)),
                    None => is_offence(other),
                })
        })
    }
}

/// The tier and indicator that a tag amounts to by itself.
fn said_by(tag: Tag) -> Option<(u8, Indicator)> {
    let says = tag.says()?;
    Some((says.tier, Indicator::parse(&says.indicator).ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lang::Lang;

    /// Article, day, indicators with tier, and what the article says.
    type Expected = (&'static str, Date, &'static [(&'static str, u8)], Option<&'static str>);

    const OLD: Date = date(2024, 5, 10);
    const NEW: Date = date(2024, 8, 10);

    fn charge(articles: &str, from: Date, to: Option<Date>, tags: &[&str]) -> ChargeParticulars {
        ChargeParticulars {
            articles: Article::parse_list(articles).unwrap(),
            period: OffencePeriod::new(from, to).unwrap(),
            tags: tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect(),
        }
    }

    fn find(articles: &str, from: Date, to: Option<Date>, tags: &[&str]) -> Finding {
        Catalogue::current().find(&charge(articles, from, to, tags))
    }

    fn hits(articles: &str, on: Date, tags: &[&str]) -> Vec<(&'static str, u8)> {
        find(articles, on, None, tags).hits.iter().map(|hit| (hit.indicator.code(), hit.tier)).collect()
    }

    fn facts(article: &str, on: Date) -> Option<&'static str> {
        let finding = find(article, on, None, &[]);
        let version = finding.hits.first()?.law_version;
        let label = Catalogue::current().facts(&Article::parse(article).unwrap(), version)?;
        Some(label.in_lang(Lang::Nl))
    }

    #[test]
    fn the_lists_are_sound() {
        let catalogue = Catalogue::current();
        for row in &catalogue.offences {
            assert!((1..=CONTEXT_TIER).contains(&row.tier), "{:?}", row.indicator);
            assert!(row.raised.as_ref().is_none_or(|raised| raised.tier < row.tier), "{:?}", row.indicator);
            assert!(row.valid_from.zip(row.valid_to).is_none_or(|(from, to)| from <= to), "{:?}", row.indicator);
        }
        for tag in Tag::all() {
            assert_eq!(tag.says().is_some(), said_by(tag).is_some(), "{tag:?} says an indicator that is not there");
        }
        for indicator in Indicator::all() {
            let by_article = catalogue.offences.iter().any(|row| row.indicator == indicator);
            let by_tag = Tag::all().filter_map(said_by).any(|(_, said)| said == indicator);
            assert_ne!(by_article || by_tag, indicator.derived().is_some(), "what says {indicator:?}?");
        }
    }

    #[test]
    fn an_article_means_what_it_meant_on_the_day() {
        let table: [Expected; 24] = [
            ("240", NEW, &[("sexual-assault", 2)], Some("schuldaanranding")),
            ("240b", OLD, &[("csam", 2)], Some("kinderpornografie, oud recht")),
            ("241", NEW, &[("sexual-assault", 2)], Some("opzetaanranding")),
            ("242", OLD, &[("sexual-rape", 1)], Some("verkrachting door dwang, oud recht")),
            ("242", NEW, &[("sexual-rape", 1)], Some("schuldverkrachting")),
            ("243", OLD, &[("sexual-rape", 1)], Some("binnendringen bij onmacht, oud recht")),
            ("243", NEW, &[("sexual-rape", 1)], Some("opzetverkrachting")),
            ("244", OLD, &[("sexual-minor", 1)], Some("binnendringen, kind onder 12, oud recht")),
            ("245", OLD, &[("sexual-minor", 1)], Some("binnendringen, kind van 12 tot 16, oud recht")),
            ("245", NEW, &[("sexual-minor", 1)], Some("aanranding, kind van 16 tot 18")),
            ("246", OLD, &[("sexual-assault", 2)], Some("aanranding, oud recht")),
            ("246", NEW, &[("sexual-minor", 1)], Some("verkrachting, kind van 16 tot 18")),
            ("247", NEW, &[("sexual-minor", 1)], Some("aanranding, kind van 12 tot 16")),
            ("248", NEW, &[("sexual-minor", 1)], Some("verkrachting, kind van 12 tot 16")),
            ("248c", OLD, &[("csam", 2)], None),
            ("248e", OLD, &[("sexual-approach-child", 2)], None),
            ("249", OLD, &[("sexual-minor", 1)], Some("ontucht met misbruik van gezag, oud recht")),
            ("249", NEW, &[("sexual-minor", 1)], Some("aanranding, kind onder 12")),
            ("250", NEW, &[("sexual-minor", 1)], Some("verkrachting, kind onder 12")),
            ("251", NEW, &[("sexual-approach-child", 2)], Some("seksuele benadering van een kind")),
            ("252", NEW, &[("csam", 2)], Some("kinderpornografie")),
            ("253", NEW, &[("csam", 2)], None),
            ("139h", OLD, &[("image-abuse", 3)], None),
            ("254ba", NEW, &[("image-abuse", 3)], None),
        ];
        for (article, on, expected, meaning) in table {
            assert_eq!(hits(article, on, &[]), expected, "Sr {article} on {on}");
            if meaning.is_some() {
                assert_eq!(facts(article, on), meaning, "Sr {article} on {on}");
            }
        }
    }

    #[test]
    fn a_number_without_a_meaning_on_the_day_is_unknown() {
        let none = ["240", "241", "250", "251", "252", "253", "254", "254a", "254ba"].map(|article| (article, OLD));
        let gone = ["240b", "244", "248c", "248e", "139h", "254c"].map(|article| (article, NEW));
        for (article, on) in none.into_iter().chain(gone) {
            let finding = find(article, on, None, &[]);
            assert_eq!(finding.unknown, [Article::parse(article).unwrap()], "Sr {article} on {on}");
            assert_eq!(finding.hits, []);
        }
    }

    #[test]
    fn the_last_day_of_the_old_law_and_the_first_of_the_new() {
        let version = |on| find("242", on, None, &[]).hits[0].law_version;
        assert_eq!(version(date(2024, 6, 30)), LawVersion { from: None, to: Some(date(2024, 6, 30)) });
        assert_eq!(version(date(2024, 7, 1)), LawVersion { from: Some(date(2024, 7, 1)), to: None });
    }

    #[test]
    fn a_period_across_the_change_falls_under_both() {
        let finding = find("245", OLD, Some(NEW), &[]);
        assert_eq!(finding.both_regimes, [Article::parse("245").unwrap()]);
        assert_eq!(finding.hits.len(), 2);
        assert_ne!(finding.hits[0].law_version, finding.hits[1].law_version);
        assert_eq!(find("300", OLD, Some(NEW), &[]).both_regimes, [], "article 300 did not change");
        let half = find("252", OLD, Some(NEW), &[]);
        assert_eq!((half.hits.len(), half.both_regimes.len()), (1, 1), "no such article before the change");
    }

    #[test]
    fn aggravation_raises_assault_and_is_no_offence_itself() {
        assert_eq!(hits("300", NEW, &[]), [("child-abuse-physical", 2), ("assault-simple", 3)]);
        assert_eq!(hits("300/304", NEW, &[]), [("assault-simple", 2), ("child-abuse-physical", 2)]);
        assert_eq!(hits("302/304", NEW, &[]), [("assault-grievous", 1), ("child-abuse-physical", 1)]);
        assert_eq!(find("304", NEW, None, &[]).unknown.len(), 1, "it aggravates nothing here");
    }

    #[test]
    fn attempt_and_participation_qualify_and_are_not_unknown() {
        let finding = find("45/47/302", NEW, None, &[]);
        assert_eq!(finding.unknown, []);
        assert_eq!(finding.hits[1].articles, Article::parse_list("302/45/47").unwrap());
        assert_eq!(find("45", NEW, None, &[]).unknown.len(), 1, "an attempt at nothing");
        let kind = |article| Catalogue::current().modifier(&Article::parse(article).unwrap());
        assert_eq!(kind("45"), Some(ModifierKind::Attempt));
        assert_eq!(kind("300"), None);
    }

    #[test]
    fn a_paragraph_with_a_row_of_its_own_replaces_the_article() {
        assert_eq!(hits("300 lid 4", NEW, &[]), [("child-psych", 2), ("health-harm-psych", 2)]);
        assert_eq!(hits("300 lid 1", NEW, &[]), hits("300", NEW, &[]));
    }

    #[test]
    fn tags_say_what_articles_do_not() {
        assert_eq!(hits("302", NEW, &["strangulation"])[1], ("strangulation-nonfatal", 1));
        assert_eq!(hits("184", NEW, &[]), []);
        assert_eq!(find("184", NEW, None, &[]).unknown, [], "known, and silent without its tag");
        assert_eq!(hits("184", NEW, &["domestic-violence"]), [("order-breach", 2)]);
        assert_eq!(hits("300", NEW, &["honour-violence"])[1], ("honour-violence", 2));
        assert_eq!(hits("350", NEW, &[]), [("property-damage", 4)]);
        assert_eq!(hits("350", NEW, &["domestic-violence"]), [("property-damage", 3)]);
    }

    #[test]
    fn other_laws_have_their_own_numbers() {
        assert_eq!(hits("Wwm 26", NEW, &[]), [("weapon", 3)]);
        assert_eq!(hits("Wth 11", NEW, &[]), [("huisverbod-breach", 2)]);
        assert_eq!(find("Rv 300", NEW, None, &[]).unknown.len(), 1);
    }

    #[test]
    fn an_unknown_article_is_named_beside_what_is_known() {
        let finding = find("300/312", NEW, None, &[]);
        assert_eq!(finding.unknown, [Article::parse("312").unwrap()]);
        assert_eq!(finding.hits.len(), 2);
    }

    #[test]
    fn what_is_no_matter_of_this_house_is_known_and_says_nothing() {
        for article in ["310", "311 lid 1", "416", "420bis", "Opiumwet 2", "8 lid 2 WVW 1994", "WED 1a"] {
            let finding = find(article, NEW, None, &["domestic-violence"]);
            assert_eq!(finding, Finding::default(), "{article}");
        }
        assert_eq!(hits("300/310", NEW, &[]), hits("300", NEW, &[]), "nor takes it anything from what does");
        assert_eq!(
            hits("310", NEW, &["coercive-control"]),
            [("coercive-control", 2)],
            "a publisher's tag still speaks"
        );
    }

    #[test]
    fn no_article_is_in_both_lists() {
        let catalogue = Catalogue::current();
        assert_eq!(code_list::faults(&catalogue.unrelated), Vec::<String>::new());
        for article in catalogue.offences.iter().flat_map(|row| &row.articles) {
            for day in [OLD, NEW].map(OffencePeriod::on) {
                let is_known = !catalogue.meanings(article, day).is_empty();
                assert!(!is_known || !catalogue.is_unrelated(article, day), "{article}");
            }
        }
        for row in &catalogue.unrelated {
            assert_eq!(row.articles.is_empty(), row.law.is_some(), "articles, or a law");
            assert!(row.law.as_deref().is_none_or(|law| crate::article::Law::parse(law).is_ok()), "{:?}", row.law);
        }
    }
}
