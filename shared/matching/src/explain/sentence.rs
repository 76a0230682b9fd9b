//! Explanations in one sentence, Dutch or English. Made of codes and sums alone, so that nothing personal can be in it.

use super::codes::Coded;
use super::words::{Language, field_label, level_label, named, remark_label};
use super::{Explanation, GroupExplanation, Part, Parting, Partition, Ruled, Verdict, WhyNot};
use crate::score::Millibits;

/// How many fields a sentence names for, and how many against.
const NAMED: usize = 3;
/// From how much on the frequency of a value is worth a word: one bit.
const REMARKABLE: Millibits = 1_000;

/// One of two texts.
fn either<'t>(language: Language, dutch: &'t str, english: &'t str) -> &'t str {
    match language {
        Language::Dutch => dutch,
        Language::English => english,
    }
}

/// Thousandths of a bit as bits with one decimal: `23,4`, `−1.2`.
pub fn bits(millibits: Millibits, language: Language) -> String {
    let tenths = (i64::from(millibits.unsigned_abs()) + 50) / 100;
    let sign = if millibits < 0 && tenths > 0 { "−" } else { "" };
    format!("{sign}{}{}{}", tenths / 10, either(language, ",", "."), tenths % 10)
}

/// `a, b en c`.
fn listed(items: &[String], language: Language) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), either(language, "en", "and")),
    }
}

/// A field's level in words, with a word on its frequency.
fn predicate(part: &Part, language: Language) -> String {
    let level = level_label(part.kind, &part.level, language);
    let remarkable = part.frequency.filter(|frequency| frequency.bits.stranger.abs() >= REMARKABLE);
    remarkable
        .map_or_else(|| level.to_owned(), |frequency| format!("{level} ({})", remark_label(frequency.remark, language)))
}

/// Fields with their levels; fields of one level together.
fn phrases(parts: &[&Part], language: Language) -> String {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for part in parts {
        let (predicate, field) = (predicate(part, language), field_label(&part.field, part.kind, language).to_owned());
        match said.iter_mut().find(|(known, _)| *known == predicate) {
            Some((_, fields)) => fields.push(field),
            None => said.push((predicate, vec![field])),
        }
    }
    let items: Vec<String> =
        said.iter().map(|(predicate, fields)| format!("{} {predicate}", listed(fields, language))).collect();
    items.join(", ")
}

/// What weighs no more than this says nothing: so an equal address, which a whole household has.
const NOTHING: Millibits = 500;

impl Explanation {
    /// The fields that say most, for or against, in the order of the schema.
    fn strongest(&self, sign: Millibits) -> Vec<&Part> {
        let weighed = |part: &Part| part.bits().against(self.sums.against) * sign;
        let said = self.parts.iter().enumerate().filter(|(_, part)| !part.missing && weighed(part) > NOTHING);
        let mut parts: Vec<(usize, &Part)> = said.collect();
        parts.sort_by_key(|(_, part)| std::cmp::Reverse(weighed(part)));
        parts.truncate(NAMED);
        parts.sort_by_key(|(place, _)| *place);
        parts.into_iter().map(|(_, part)| part).collect()
    }

    fn fields_for(&self, language: Language) -> String {
        let said = phrases(&self.strongest(1), language);
        if said.is_empty() { either(language, "niets komt overeen", "nothing agrees").to_owned() } else { said }
    }

    /// `; daartegen: adres verschilt`, or nothing.
    fn but(&self, language: Language) -> String {
        let said = phrases(&self.strongest(-1), language);
        if said.is_empty() { said } else { format!("; {}: {said}", either(language, "daartegen", "against it")) }
    }

    /// What keeps two records apart or contradicts, with its code.
    fn contradiction(&self, language: Language) -> Option<String> {
        let (section, code) = match (self.gate.conflict, self.gate.veto) {
            (Some(conflict), _) => ("conflict", conflict.stored()),
            (None, Some(veto)) => ("veto", veto.stored()),
            (None, None) => return None,
        };
        Some(format!("{} ({code})", named(section, code, language)))
    }

    /// What the gate says, in a few words: the rule, what keeps the two apart or contradicts, or the condition that failed.
    pub fn gate(&self, language: Language) -> String {
        let why_not = || self.gate.why_not.map(|why| format!("{} ({})", reason(why, language), why.code()));
        let rule = |rule: crate::gate::Rule| format!("{} ({})", named("rule", rule.stored(), language), rule.stored());
        let said = self.contradiction(language).or_else(|| self.gate.rule.map(rule)).or_else(why_not);
        said.unwrap_or_else(|| either(language, "een mens heeft besloten", "a person ruled").to_owned())
    }

    /// What is missing to be certain.
    fn not_certain(&self, language: Language) -> String {
        let why = self.gate.why_not.map_or_else(
            || {
                let needed = bits(self.limits.certain, language);
                let words = either(language, "de drempel voor zekerheid is", "the threshold of certainty is");
                format!("{words} {needed}")
            },
            |why| reason(why, language).to_owned(),
        );
        format!("{} {why}", either(language, "niet zeker, want", "not certain, since"))
    }

    /// The explanation in one sentence. Names fields and levels, never a value.
    pub fn sentence(&self, language: Language) -> String {
        let t = |dutch, english| either(language, dutch, english);
        let weight = format!("{} bits", bits(self.sums.total, language));
        let (fields, but) = (self.fields_for(language), self.but(language));
        match (self.verdict, self.ruled) {
            (_, Some(Ruled::Same)) => {
                let ruled = t("Eén persoon, zo heeft een mens besloten", "One person, as somebody ruled");
                format!("{ruled}: {fields}, {weight}{but}.")
            }
            (_, Some(Ruled::Different)) => {
                let ruled = t("Twee personen, zo heeft een mens besloten", "Two persons, as somebody ruled");
                format!("{ruled}: {weight}{but}.")
            }
            (Verdict::Certain, None) => {
                let rule = self.gate.rule.map_or("", Coded::stored);
                let certain = t("Zeker één persoon", "Certainly one person");
                format!("{certain}: {fields} ({} {rule}), {weight}{but}.", t("regel", "rule"))
            }
            (Verdict::Possible, None) => {
                let possible = t("Mogelijk één persoon", "Possibly one person");
                format!("{possible}: {fields}, {weight}{but}; {}.", self.not_certain(language))
            }
            (Verdict::Ask, None) => {
                let ask = t("Dit moet een mens bekijken", "A person has to look at this");
                format!("{ask}: {}, {weight}{but}.", self.contradiction(language).unwrap_or_default())
            }
            (Verdict::Apart, None) => {
                let apart = t("Niet één persoon", "Not one person");
                match (self.contradiction(language), self.gate.why_not) {
                    (Some(why), _) => format!("{apart}: {why}, {weight}{but}."),
                    (None, Some(why @ WhyNot::SameSource)) => format!("{apart}: {}.", reason(why, language)),
                    _ => {
                        let words = t("te weinig overeenkomst", "too little agreement");
                        let needed = bits(self.limits.possible, language);
                        format!(
                            "{apart}: {words}, {weight} {} {needed}{but}.",
                            t("bij een drempel van", "at a threshold of")
                        )
                    }
                }
            }
        }
    }
}

fn reason(why: WhyNot, language: Language) -> &'static str {
    named("why-not", why.code(), language)
}

impl GroupExplanation {
    /// The explanation in one sentence. Names fields and levels, never a value.
    pub fn sentence(&self, language: Language) -> String {
        let t = |dutch, english| either(language, dutch, english);
        let link = &self.weakest;
        let against = phrases(&link.strongest(-1), language);
        let said = if against.is_empty() { link.fields_for(language) } else { against };
        let worst = self.worst.as_ref().map_or_else(String::new, |worst| {
            let words = t(
                "wat het slechtst past, weegt met de rest gemiddeld",
                "what fits worst weighs with the rest on average",
            );
            format!("; {words} {} bits", bits(worst.average, language))
        });
        format!(
            "{} {} {}; {}: {said}, {} bits{worst}.",
            t("Eén persoon in", "One person in"),
            self.records.len(),
            t("registraties", "records"),
            t("zwakste schakel", "weakest link"),
            bits(link.sums.total, language),
        )
    }
}

/// What is said of two records that are in one group.
pub fn joined(language: Language) -> &'static str {
    either(language, "Samengevoegd.", "Joined.")
}

/// What a partition is called.
pub fn partition_label(partition: Partition, language: Language) -> &'static str {
    match partition {
        Partition::Certain => either(language, "zeker", "certain"),
        Partition::Possible => either(language, "mogelijk", "possible"),
    }
}

impl Parting {
    /// The reason in one sentence. Names fields and levels, never a value.
    pub fn sentence(&self, language: Language) -> String {
        let t = |dutch, english| either(language, dutch, english);
        let apart = t("Niet samengevoegd", "Not joined");
        let coded = |section, code| format!("{} ({code})", named(section, code, language));
        let number = |millibits| bits(millibits, language);
        let threshold = t("bij een drempel van", "at a threshold of");
        let why = match self {
            Self::Ruled => coded("veto", "ruled"),
            Self::Veto { veto } => coded("veto", veto.stored()),
            Self::Conflict { conflict } => coded("conflict", conflict.stored()),
            Self::Gate { why_not } => coded("why-not", why_not.code()),
            Self::Score { total, needed } => format!(
                "{}, {} bits {threshold} {}",
                t("te weinig overeenkomst", "too little agreement"),
                number(*total),
                number(*needed)
            ),
            Self::Others { veto, conflict, .. } => {
                let other = match (veto, conflict) {
                    (_, Some(conflict)) => coded("conflict", conflict.stored()),
                    (Some(veto), None) => coded("veto", veto.stored()),
                    (None, None) => coded("why-not", WhyNot::SameSource.code()),
                };
                format!(
                    "{}: {other}",
                    t("andere registraties houden de groepen uiteen", "other records keep the groups apart")
                )
            }
            Self::Average { average, needed } => format!(
                "{} {} bits {threshold} {}",
                t("de groepen passen gemiddeld te slecht,", "the groups fit too badly on average,"),
                number(*average),
                number(*needed)
            ),
            Self::Elsewhere => t(
                "andere registraties pasten beter, of deze zijn niet met elkaar vergeleken",
                "other records fitted better, or these were never compared",
            )
            .to_owned(),
        };
        format!("{apart}: {why}.")
    }
}
