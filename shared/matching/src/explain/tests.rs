use std::collections::BTreeMap;

use proptest::prelude::*;

use super::codes::Coded;
use super::words::label;
use super::*;
use crate::candidates::Candidates;
use crate::family::corroborate;
use crate::field::{Kind, Level};
use crate::gate::{Beside, Conflict, Rule};
use crate::keys::Plan;
use crate::register::{Entry, joined};
use crate::resolve::{Resolution, edges, resolve};
use crate::schema::{Comparison, Schema};
use crate::train::train;

const BOTH: [Language; 2] = [Language::Dutch, Language::English];
const KINDS: [(&str, Kind, bool); 7] = [
    ("given_names", Kind::Given, false),
    ("surname", Kind::Surname, false),
    ("birth_date", Kind::Birth, false),
    ("address", Kind::Address, false),
    ("bsn", Kind::Numbers, true),
    ("birthplace", Kind::Text, false),
    ("sex", Kind::Category, false),
];

/// Every one occurs nowhere but in a record.
const GIVEN: [&str; 6] = ["Quirijn", "Walburga", "Xanthippe", "Quirinus", "Zebedeus", ""];
const SURNAMES: [&str; 5] = ["Zwaluwenhof", "Kwikstaart", "Zwaluwenhoff", "Wielewaal", ""];
const BIRTHS: [&str; 6] = ["1961-05-17", "1961-05-18", "1961-17-05", "1984-11-23", "1961", ""];
const STREETS: [&str; 4] = ["Vuurtorenpad", "Vuurtorenpat", "Klaverjasdreef", ""];
const PLACES: [&str; 3] = ["Ootmarsum", "Sluipwijk", ""];
const NUMBERS: [&str; 4] = ["999990019", "999990020", "999990032", ""];

fn schema(kinds: &[(&str, Kind, bool)]) -> Schema {
    let comparison = |(name, kind, unique): &(&str, Kind, bool)| Comparison {
        name: (*name).to_owned(),
        kind: *kind,
        unique: *unique,
    };
    Schema::new(kinds.iter().map(comparison).collect()).unwrap()
}

type Picks = (usize, usize, usize, usize, usize, usize, usize);

fn entry(number: usize, pick: Picks) -> Entry {
    let (given, surname, birth, street, place, bsn, case) = pick;
    Entry {
        id: format!("r{number}").into(),
        source: ["crime", "civil"][if case < 3 { case } else { number } % 2].into(),
        case: if case < 3 { format!("zaak-{case}").into() } else { "".into() },
        again: false,
        fields: vec![
            joined(&[GIVEN[given], ""]),
            joined(&["van", SURNAMES[surname], "", ""]),
            BIRTHS[birth].into(),
            joined(&[STREETS[street], "12", "", PLACES[place]]),
            NUMBERS[bsn].into(),
            PLACES[place].into(),
            ["M", "F", ""][case % 3].into(),
        ],
    }
}

fn caseload(picks: &[Picks]) -> (Register, Model) {
    let mut register = Register::new(schema(&KINDS));
    let entries: Vec<Entry> = picks.iter().enumerate().map(|(number, pick)| entry(number, *pick)).collect();
    register.add(&entries.iter().collect());
    register.sort().unwrap();
    let plan = Plan::of(&register, 100);
    let candidates = Candidates::of(&register, &plan, false);
    let model = train(&mut register, plan, &candidates, &[]);
    (register, model)
}

fn picks() -> impl Strategy<Value = Vec<Picks>> {
    prop::collection::vec((0..6_usize, 0..5_usize, 0..6_usize, 0..4_usize, 0..3_usize, 0..4_usize, 0..6_usize), 4..14)
}

fn rulings(ruled: &[(Row, Row, bool)], rows: Row) -> Rulings {
    let mut rulings = Rulings::default();
    for (a, b, same) in ruled {
        let (a, b) = (a % rows, b % rows);
        if a != b {
            let of = if *same { &mut rulings.same } else { &mut rulings.different };
            of.insert((a.min(b), a.max(b)));
        }
    }
    rulings
}

fn adds_up(explanation: &Explanation) {
    let sum = |rival| -> Millibits {
        let fields: Millibits = explanation.parts.iter().map(|part| part.bits().against(rival)).sum();
        explanation.prior.against(rival) + fields
    };
    let sums = explanation.sums;
    assert_eq!(sums.stranger, sum(Rival::Stranger));
    assert_eq!(sums.household, sum(Rival::Household));
    assert!(sums.both <= 0);
    assert_eq!(sums.total, sums.stranger.min(sums.household) + sums.both + sums.family);
    let steps = explanation.waterfall();
    assert_eq!(steps.len(), explanation.parts.len() + 3);
    assert_eq!(steps.iter().map(|step| step.bits).sum::<Millibits>(), sums.total);
    assert_eq!(steps.last().unwrap().reached, sums.total);
}

/// A year by itself is left out: four digits also stand in sums.
fn says_no_value(text: &str) {
    let folded = text.to_uppercase();
    let parts = GIVEN.iter().chain(&SURNAMES).chain(&BIRTHS).chain(&STREETS).chain(&PLACES).chain(&NUMBERS);
    for value in parts.filter(|value| value.len() > 4) {
        assert!(!folded.contains(&value.to_uppercase()), "{value} in {text}");
    }
    for digits in ["19610517", "19610518", "19841123", "VANZWALUW", "ZAAK-"] {
        assert!(!folded.contains(digits), "{digits} in {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_explained_is_what_decides(
        picks in picks(),
        ruled in prop::collection::vec((0..14_u32, 0..14_u32, any::<bool>()), 0..3),
        link_only: bool,
    ) {
        let (register, model) = caseload(&picks);
        let rulings = rulings(&ruled, register.rows());
        let edges = edges(&register, &model, &Candidates::of(&register, &model.plan, link_only));
        let resolution = resolve(&register, &model, link_only, &edges, &rulings);
        let basis = Basis::new(&register, &model).rulings(&rulings).family(&edges).link_only(link_only);
        for a in 0..register.rows() {
            for b in 0..register.rows() {
                let one = pair(&basis, a, b);
                adds_up(&one);
                let mut back = pair(&basis, b, a);
                back.records.reverse();
                prop_assert_eq!(&one, &back);
                prop_assert_eq!(verdict(&basis, a, b), (one.sums.total, one.verdict));
                for partition in [Partition::Certain, Partition::Possible] {
                    let parting = why_not(&basis, &resolution, partition, a, b);
                    let group_of =
                        if partition == Partition::Certain { &resolution.certain } else { &resolution.possible };
                    prop_assert_eq!(parting.is_none(), group_of[a as usize] == group_of[b as usize]);
                    if let Some(parting) = parting {
                        says_no_value(&serde_json::to_string(&parting).unwrap());
                        for language in BOTH {
                            says_no_value(&parting.sentence(language));
                        }
                    }
                }
                let json = serde_json::to_string(&one).unwrap();
                says_no_value(&json);
                for language in BOTH {
                    says_no_value(&one.sentence(language));
                }
                prop_assert_eq!(serde_json::from_str::<Explanation>(&json).unwrap(), one);
            }
        }
    }

    #[test]
    fn no_link_of_a_group_is_weaker_than_its_weakest(picks in picks()) {
        let (register, model) = caseload(&picks);
        let basis = Basis::new(&register, &model);
        let rows: Vec<Row> = (0..register.rows()).collect();
        let found = group(&basis, &rows).unwrap();
        let backwards: Vec<Row> = rows.iter().rev().chain(&rows).copied().collect();
        prop_assert_eq!(group(&basis, &backwards).unwrap(), found.clone());
        let weights = |of: Row| rows.iter().filter(move |row| **row != of).map(move |row| (of, *row));
        let weight = |(a, b)| pair(&basis, a, b).sums.total;
        let least = rows.iter().flat_map(|row| weights(*row)).map(weight).min().unwrap();
        prop_assert_eq!(found.weakest.sums.total, least);
        let worst = found.worst.clone().unwrap();
        let average = |of: Row| {
            let clamped = |pair| i64::from(weight(pair).clamp(crate::resolve::FLOOR, crate::resolve::CEILING));
            weights(of).map(clamped).sum::<i64>().div_euclid(i64::from(register.rows()) - 1)
        };
        prop_assert_eq!(rows.iter().map(|row| average(*row)).min(), Some(i64::from(worst.average)));
        says_no_value(&serde_json::to_string(&found).unwrap());
        for language in BOTH { says_no_value(&found.sentence(language)); }
    }
}

/// Two families that went to court twice: what each pair gets from the other stands in the sum by itself.
#[test]
fn what_co_parties_add_is_said() {
    let mut everybody: Vec<Picks> = Vec::new();
    for case in [0, 1] {
        everybody.extend([(0, 0, 0, 0, 0, 3, case), (1, 0, 3, 0, 0, 3, case), (2, 3, 4, 2, 1, 3, 4 + case)]);
    }
    let (register, model) = caseload(&everybody);
    let pairs: Vec<(Row, Row)> = (0..6).flat_map(|a| (a + 1..6).map(move |b| (a, b))).collect();
    let heavy =
        |(a, b): (Row, Row)| Edge { a, b, weight: 5_000, family: 0, pattern: register.compare(a, b, |_, _| {}) };
    let mut edges: Vec<Edge> = pairs.iter().filter(|(a, b)| b - a == 3).map(|pair| heavy(*pair)).collect();
    let more = corroborate(&register, &Gate::of(register.schema()), &edges);
    edges.iter_mut().zip(more).for_each(|(edge, more)| edge.family = more);
    let (alone, together) = (Basis::new(&register, &model), Basis::new(&register, &model).family(&edges));
    for (a, b) in pairs {
        let (before, after) = (pair(&alone, a, b), pair(&together, a, b));
        adds_up(&after);
        let more = if b - a == 3 && a < 2 { 2_500 } else { 0 };
        assert_eq!((after.sums.family, after.sums.total), (more, before.sums.total + more), "{a} {b}");
    }
}

#[test]
fn fewer_than_two_records_are_no_group() {
    let (register, model) = caseload(&[(0, 0, 0, 0, 0, 0, 3); 4]);
    let basis = Basis::new(&register, &model);
    assert_eq!(group(&basis, &[]), None);
    assert_eq!(group(&basis, &[2, 2]), None);
    assert_eq!(group(&basis, &[1, 2]).unwrap().worst, None);
}

/// Goes through all levels of the fields that the gate looks at.
fn patterns(kinds: &[(&str, Kind, bool)]) -> Vec<Pattern> {
    let mut patterns = vec![Pattern::default()];
    for (field, (_, kind, _)) in kinds.iter().enumerate() {
        let levels = Level::try_from(kind.levels().len()).unwrap();
        patterns = patterns.iter().flat_map(|pattern| (0..levels).map(|level| pattern.with(field, level))).collect();
    }
    patterns
}

#[test]
fn a_condition_failed_wherever_no_rule_veto_or_conflict_speaks() {
    let sets: [&[(&str, Kind, bool)]; 3] = [
        &[KINDS[0], KINDS[1], KINDS[2], KINDS[4], ("letter", Kind::Numbers, false)],
        &[KINDS[0], KINDS[1], KINDS[3], KINDS[5], ("letter", Kind::Numbers, false)],
        &[KINDS[1], KINDS[2], KINDS[4], KINDS[6]],
    ];
    for kinds in sets {
        let schema = schema(kinds);
        let gate = Gate::of(&schema);
        for pattern in patterns(kinds) {
            let judgement = gate.judge(pattern, Beside::default());
            if judgement.veto.is_none() && judgement.conflict.is_none() {
                assert_eq!(
                    gate.why_not(pattern, Beside::default()).is_none(),
                    judgement.rule.is_some(),
                    "{pattern:?} {judgement:?}"
                );
            }
        }
    }
}

/// With what each condition names put right, one after another, they pass.
#[test]
fn a_condition_names_what_has_to_be_otherwise() {
    let kinds = [KINDS[0], KINDS[1], KINDS[2], KINDS[4]];
    let gate = Gate::of(&schema(&kinds));
    let put_right = |pattern: Pattern, fields: &[usize]| {
        let level = |field| if fields.contains(&field) { 1 } else { pattern.level(field) };
        (0..kinds.len()).fold(Pattern::default(), |so_far, field| so_far.with(field, level(field)))
    };
    for pattern in patterns(&kinds) {
        let mut now = pattern;
        let mut seen = Vec::new();
        while let Some(why) = gate.why_not(now, Beside::default()) {
            assert!(!seen.contains(&why), "{why:?} again in {pattern:?}");
            seen.push(why);
            now = match why {
                WhyNot::GivenMissing | WhyNot::GivenDiffers | WhyNot::GivenNearOnly | WhyNot::NothingBeside => {
                    put_right(now, &[0])
                }
                WhyNot::SurnameMissing | WhyNot::SurnameDiffers => put_right(now, &[1]),
                WhyNot::BirthMissing | WhyNot::BirthIncomplete | WhyNot::BirthNearOnly | WhyNot::BirthDiffers => {
                    put_right(now, &[2])
                }
                WhyNot::NumberSlip => put_right(now, &[3]),
                WhyNot::SameSource
                | WhyNot::SexDiffers
                | WhyNot::GivenNotInFull
                | WhyNot::NothingMore
                | WhyNot::Policy => {
                    panic!("{why:?} here")
                }
            };
        }
    }
}

#[test]
fn everything_has_a_name_in_both_languages() {
    let mut wanted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    wanted.insert("kind", Kind::ALL.iter().map(|kind| kind.stored()).collect());
    wanted.insert("rule", Rule::ALL.iter().map(|rule| rule.stored()).collect());
    wanted.insert("veto", Veto::ALL.iter().map(|veto| veto.stored()).collect());
    wanted.insert("conflict", Conflict::ALL.iter().map(|conflict| conflict.stored()).collect());
    wanted.insert("why-not", WhyNot::ALL.iter().map(|why| why.code()).collect());
    wanted.insert("remark", vec!["rarer", "commoner"]);
    for (section, codes) in wanted {
        for code in codes {
            for language in BOTH {
                assert!(label(section, code, language).is_some_and(|label| !label.is_empty()), "{section} {code}");
            }
        }
    }
    for kind in Kind::ALL {
        let section = format!("level-{}", kind.stored());
        let mut labels = Vec::new();
        for level in kind.levels() {
            for language in BOTH {
                let label = label(&section, level, language);
                assert!(label.is_some_and(|label| !label.is_empty()), "{section} {level}");
                assert_eq!(label, Some(level_label(*kind, level, language)));
            }
            labels.push(level_label(*kind, level, Language::Dutch));
        }
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), kind.levels().len(), "two levels of {section} read alike");
    }
    assert_eq!(field_label("bsn", Kind::Numbers, Language::Dutch), "BSN");
    assert_eq!(field_label("shoe_size", Kind::Text, Language::Dutch), "shoe_size");
}

#[test]
fn every_code_of_a_condition_is_as_it_is_stored() {
    for why in WhyNot::ALL {
        assert_eq!(serde_json::to_value(why).unwrap(), why.code());
    }
}

/// What was stored reads as it was written, and says what it said.
#[test]
fn a_stored_explanation_still_reads() {
    let stored = include_str!("sample.json");
    let explanation: Explanation = serde_json::from_str(stored).unwrap();
    let value: serde_json::Value = serde_json::from_str(stored).unwrap();
    assert_eq!(serde_json::to_value(&explanation).unwrap(), value);
    assert_eq!(explanation.version, VERSION);
    adds_up(&explanation);
    assert_eq!(
        explanation.sentence(Language::Dutch),
        "Zeker één persoon: voornamen en geboortedatum gelijk, geslachtsnaam gelijk (veelvoorkomend) (regel name-birth), \
         14,4 bits; daartegen: adres verschilt."
    );
    assert_eq!(
        explanation.sentence(Language::English),
        "Certainly one person: given names and date of birth equal, surname equal (common) (rule name-birth), 14.4 bits; \
         against it: address differs."
    );
    let group = serde_json::json!({
        "version": 1,
        "records": ["r1", "r2", "r3"],
        "weakest": value,
        "worst": {"record": "r2", "average": 12_345},
    });
    let read: GroupExplanation = serde_json::from_value(group.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), group);
    assert_eq!(
        read.sentence(Language::Dutch),
        "Eén persoon in 3 registraties; zwakste schakel: adres verschilt, 14,4 bits; wat het slechtst past, weegt met de \
         rest gemiddeld 12,3 bits."
    );
}

#[test]
fn a_stored_reason_still_reads() {
    let stored = serde_json::json!([
        {"reason": "ruled"},
        {"reason": "veto", "veto": "twins"},
        {"reason": "conflict", "conflict": "number-contradicted"},
        {"reason": "gate", "why_not": "birth-missing"},
        {"reason": "score", "total": 4_200, "needed": 6_000},
        {"reason": "others", "records": ["r1", "r2"], "veto": "same-case", "conflict": null},
        {"reason": "average", "average": -1_250, "needed": 0},
        {"reason": "elsewhere"},
    ]);
    let read: Vec<Parting> = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), stored);
    let said: Vec<String> = read.iter().map(|parting| parting.sentence(Language::Dutch)).collect();
    assert_eq!(said[3], "Niet samengevoegd: geboortedatum ontbreekt (birth-missing).");
    assert_eq!(said[4], "Niet samengevoegd: te weinig overeenkomst, 4,2 bits bij een drempel van 6,0.");
    assert_eq!(said[6], "Niet samengevoegd: de groepen passen gemiddeld te slecht, −1,3 bits bij een drempel van 0,0.");
}

/// Records of one person, of twins, and of two parties with one number.
#[test]
fn the_verdicts_are_those_of_the_solver() {
    let mut everybody: Vec<Picks> = Vec::new();
    everybody.extend([(0, 0, 0, 0, 0, 0, 3), (0, 0, 0, 0, 0, 3, 3)]);
    everybody.extend([(1, 1, 3, 2, 1, 1, 4), (2, 1, 3, 2, 1, 3, 4)]);
    everybody.extend([(3, 3, 1, 1, 2, 2, 0), (4, 2, 3, 2, 2, 2, 0)]);
    let (register, mut model) = caseload(&everybody);
    let low = Millibits::MIN / 2;
    model.thresholds = crate::model::Thresholds { certain: low, possible: low, loose: low };
    let basis = Basis::new(&register, &model);
    let one = pair(&basis, 0, 1);
    assert_eq!((one.verdict, one.gate.rule), (Verdict::Certain, Some(Rule::NameAndBirth)));
    let twins = pair(&basis, 2, 3);
    assert_eq!((twins.verdict, twins.gate.veto), (Verdict::Ask, Some(Veto::Twins)));
    let parties = pair(&basis, 4, 5);
    assert_eq!((parties.verdict, parties.gate.conflict), (Verdict::Ask, Some(Conflict::NumberTwiceInCase)));
    assert!(twins.sentence(Language::Dutch).starts_with("Dit moet een mens bekijken: zelfde geslachtsnaam"));
    let missing = one.parts.iter().find(|part| part.field == "bsn").unwrap();
    assert!(missing.missing && missing.bits() == Odds::default());
    let different = Rulings { different: [(0, 1)].into_iter().collect(), ..Rulings::default() };
    let ruled = pair(&Basis::new(&register, &model).rulings(&different), 1, 0);
    assert_eq!((ruled.verdict, ruled.gate.veto), (Verdict::Apart, Some(Veto::Ruled)));
    let resolution = Resolution {
        certain: vec![0, 1, 2, 3, 4, 5],
        possible: vec![0; 6],
        solved_with: vec![0; 6],
        questions: Vec::new(),
    };
    assert_eq!(why_not(&basis, &resolution, Partition::Certain, 3, 2), Some(Parting::Veto { veto: Veto::Twins }));
    assert_eq!(why_not(&basis, &resolution, Partition::Possible, 3, 2), None);
}
