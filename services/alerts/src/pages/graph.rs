//! Who of a case stands in which other cases: a picture of persons by their roles and cases by their numbers, and the same as a
//! table.
//!
//! Invariants: nothing is drawn that a signal does not tell, and none that the judge has yet to open; whoever is nobody of the own
//! case is not in it, nor a court that may tell where a shielded person lives; the same signals give the same picture; of more than
//! a picture can hold there is the table alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::CaseId;
use domain::role::Role;
use domain::violence::assess::{Assessment, RoleLine};
use domain::violence::wording;
use web::Page;

use super::view::in_domain;
use crate::inbox::{CaseReference, Entry, Told};

/// The picture's measures, in its own units. It is narrow, so that it can be read on a narrow screen too.
const WIDTH: i64 = 440;
const BOX: i64 = 158;
const HIGH: i64 = 54;
const STEP: i64 = 68;
const LINE: i64 = 15;
const TOP: i64 = 40;
const MARGIN: i64 = 8;
/// How many letters a box has room for; the table has all of them.
const LETTERS: usize = 22;
/// How many persons and cases a picture holds.
const MOST: usize = 30;

/// The whole picture.
pub struct Graph {
    /// The persons of the own case whom signals concern.
    pub persons: Vec<Shape>,
    /// The other cases.
    pub cases: Vec<Shape>,
    /// Who stands in which.
    pub edges: Vec<Edge>,
    /// How wide.
    pub width: i64,
    /// How high.
    pub height: i64,
    /// The frame around the persons: they are of the own case.
    pub frame: i64,
    /// How wide a box is.
    pub across: i64,
    /// How high a box is.
    pub high: i64,
    /// Whether it is drawn, or there is too much for a picture.
    pub is_drawn: bool,
    /// How many signals the judge has yet to open: what they tell is not in it.
    pub unopened: usize,
}

/// A box.
pub struct Shape {
    /// Its left side.
    pub x: i64,
    /// Its top.
    pub y: i64,
    /// What stands in it: at most three lines.
    pub lines: Vec<Words>,
}

/// Words in a box.
pub struct Words {
    /// The words, cut off where there is no room.
    pub text: String,
    /// Where they begin.
    pub x: i64,
    /// Their baseline.
    pub y: i64,
}

/// A person of the own case in another case.
pub struct Edge {
    /// By which number the table names it.
    pub number: usize,
    /// Who, by the roles in the own case.
    pub person: String,
    /// Which case: its numbers and its court, as far as they may be told.
    pub case: String,
    /// Where a signal about it is opened.
    pub href: String,
    /// As what; nothing where that is not told.
    pub roles: Option<String>,
    /// From where to where it is drawn.
    pub from: (i64, i64),
    /// See `from`.
    pub to: (i64, i64),
    /// Where its number stands.
    pub at: (i64, i64),
}

/// Another case, as far as it may be told.
struct Other {
    href: String,
    numbers: Vec<String>,
    court: &'static str,
    kind: &'static str,
}

impl Graph {
    /// The picture of what these signals of one case tell; nothing where none that was opened stands.
    pub fn of(entries: &[Entry], page: &Page) -> Option<Self> {
        let lang = in_domain(page.lang());
        let mut others: BTreeMap<CaseId, Other> = BTreeMap::new();
        let mut stands: BTreeMap<(Who, CaseId), BTreeSet<Role>> = BTreeMap::new();
        let mut unopened = 0;
        for entry in entries {
            let Told::Stands { assessment, parallel, court_hidden, .. } = &entry.told else { continue };
            if entry.is_unread() {
                unopened += 1;
                continue;
            }
            let href = format!("/signals/{}", entry.signal);
            let told = other(parallel, *court_hidden, href, page);
            // What one signal does not name, no other names either: whether it may be named depends on the two cases.
            let known = others.entry(parallel.id).or_insert(told);
            if *court_hidden {
                *known = other(parallel, true, known.href.clone(), page);
            }
            for (person, roles) in persons(assessment) {
                stands.entry((person, parallel.id)).or_default().extend(roles);
            }
        }
        if stands.is_empty() {
            return None;
        }
        let people: BTreeSet<&Who> = stands.keys().map(|(person, _)| person).collect();
        let row = |place: usize| TOP + STEP * i64::try_from(place).unwrap_or(0);
        let named = |person: &Who| {
            let alike = people.iter().filter(|other| other.0 == person.0).count();
            let role = wording::role(&person.0, lang);
            if alike > 1 { format!("{role} ({})", person.1 + 1) } else { role }
        };
        let place_of = |person: &Who| people.iter().position(|one| *one == person).unwrap_or(0);
        let case_of = |case: &CaseId| others.keys().position(|one| one == case).unwrap_or(0);
        let many = others.len();
        let edges = stands.iter().zip(1..).map(|(((person, case), roles), number)| {
            let (left, right) = (row(place_of(person)) + HIGH / 2, row(case_of(case)) + HIGH / 2);
            let (from, to) = ((MARGIN + BOX, left), (WIDTH - MARGIN - BOX, right));
            // Numbers of lines to one case stand one below another, and of those to different cases beside each other.
            let part = i64::try_from(case_of(case) + 1).unwrap_or(1);
            let parts = i64::try_from(many + 1).unwrap_or(2);
            let between = |a: i64, b: i64| a + (b - a) * part / parts;
            let roles: Vec<&str> = roles.iter().map(|role| role.label(lang)).collect();
            let told = &others[case];
            Edge {
                number,
                person: named(person),
                case: told.words(page),
                href: told.href.clone(),
                roles: (!roles.is_empty()).then(|| roles.join(", ")),
                from,
                to,
                at: (between(from.0, to.0), between(left, right) - 3),
            }
        });
        let edges: Vec<Edge> = edges.collect();
        let shape = |x: i64, place: usize, lines: Vec<String>| shape(x, row(place), lines);
        let left = people.iter().enumerate().map(|(place, person)| shape(MARGIN, place, vec![named(person)]));
        let right = others.values().enumerate().map(|(place, other)| {
            let called = other.numbers.first().map_or(other.court, String::as_str);
            // A family court's number has two parts, each of which fits in a line.
            let lines = called.split(" / ").take(2).chain([other.kind]).map(str::to_owned);
            shape(WIDTH - MARGIN - BOX, place, lines.collect())
        });
        let rows = i64::try_from(people.len().max(many)).unwrap_or(0);
        let height = TOP + STEP * rows;
        Some(Self {
            is_drawn: people.len() + many <= MOST,
            persons: left.collect(),
            cases: right.collect(),
            edges,
            width: WIDTH,
            height,
            frame: height - 4,
            across: BOX,
            high: HIGH,
            unopened,
        })
    }
}

impl Other {
    fn words(&self, page: &Page) -> String {
        if self.numbers.is_empty() {
            return format!("{}, {}", self.kind, self.court);
        }
        let (numbers, court) = (self.numbers.join(", "), self.court);
        page.say_with("graph-case-words", &[("numbers", numbers.into()), ("court", court.into())])
    }
}

fn other(case: &CaseReference, hidden: bool, href: String, page: &Page) -> Other {
    let lang = in_domain(page.lang());
    Other {
        href,
        numbers: if hidden { Vec::new() } else { case.numbers.clone() },
        court: if hidden { wording::another_court(lang) } else { case.court.label(lang) },
        kind: case.proceeding.label(lang),
    }
}

/// A person by the roles in the own case, and which of those that have the same: two who stand there alike are two.
type Who = (RoleLine, usize);

/// Whom a signal concerns, by the roles in the own case, and their roles in the other as far as they are told.
fn persons(told: &Assessment) -> Vec<(Who, BTreeSet<Role>)> {
    let mut alike: BTreeMap<&RoleLine, usize> = BTreeMap::new();
    let named = told.persons.iter().map(|line| {
        let which = alike.entry(&line.own).and_modify(|which| *which += 1).or_default();
        ((line.own.clone(), *which), line.parallel_roles.clone())
    });
    let named: Vec<_> = named.collect();
    let conflicts = told.conflicts.iter().flat_map(|line| line.whom.iter().chain([&line.who]));
    let killing = told.killing.iter().flat_map(|line| [&line.suspect, &line.parent]);
    let others = conflicts.chain(killing).map(|person| ((person.clone(), 0), BTreeSet::new()));
    named.into_iter().chain(others).collect()
}

fn shape(x: i64, y: i64, lines: Vec<String>) -> Shape {
    let more = i64::try_from(lines.len()).unwrap_or(1) - 1;
    let first = y + HIGH / 2 + 5 - more * LINE / 2;
    let words = |(text, line): (String, i64)| Words { text: cut(&text), x: x + 8, y: first + LINE * line };
    Shape { x, y, lines: lines.into_iter().zip(0..).map(words).collect() }
}

/// As much of a text as a box has room for.
fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    text.chars().take(LETTERS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use web::Lang;

    use super::*;
    use crate::samples;

    fn page(lang: Lang) -> Page {
        Page::new(&std::sync::Arc::new(super::super::texts().unwrap()), lang, "heading")
    }

    /// The signals of the own case, all opened.
    fn opened() -> Vec<Entry> {
        let own = samples::own_case().id;
        let ours = samples::entries().into_iter().filter(|entry| entry.own.id == own);
        ours.map(|entry| Entry { read: entry.version, ..entry }).collect()
    }

    #[test]
    fn everybody_is_drawn_once_and_every_line_has_its_row() {
        let graph = Graph::of(&opened(), &page(Lang::Nl)).unwrap();
        assert_eq!((graph.persons.len(), graph.cases.len(), graph.unopened), (3, 1, 0), "three signals about one case");
        assert_eq!(graph.edges.len(), 3);
        let numbers: BTreeSet<usize> = graph.edges.iter().map(|edge| edge.number).collect();
        assert_eq!(numbers, (1..=graph.edges.len()).collect());
        let father = graph.edges.iter().find(|edge| edge.person == "verweerder (vader)").unwrap();
        assert_eq!(father.roles.as_deref(), Some("verdachte"), "as what, by the signal that tells it");
        assert!(father.case.contains("10-123456-26"), "{}", father.case);
        assert!(graph.edges.iter().all(|edge| edge.at.0 > edge.from.0 && edge.at.0 < edge.to.0));
        assert!(graph.persons.iter().chain(&graph.cases).all(|shape| shape.y + HIGH <= graph.height));
    }

    #[test]
    fn what_was_not_opened_or_no_longer_stands_is_not_in_it() {
        let unread: Vec<Entry> = opened().into_iter().map(|entry| Entry { read: 0, ..entry }).collect();
        assert!(Graph::of(&unread, &page(Lang::En)).is_none());
        let mut one = opened();
        one[0].read = 0;
        let graph = Graph::of(&one, &page(Lang::En)).unwrap();
        assert_eq!(graph.unopened, 1);
        assert!(graph.edges.iter().all(|edge| edge.roles.is_none()), "only the one that is not opened tells of roles");
        let gone =
            opened().into_iter().filter(|entry| matches!(entry.told, Told::Withdrawn { .. })).collect::<Vec<_>>();
        assert!(!gone.is_empty() && Graph::of(&gone, &page(Lang::En)).is_none());
    }

    #[test]
    fn a_court_that_one_signal_does_not_name_is_named_by_none() {
        let mut entries = opened();
        if let Told::Stands { court_hidden, .. } = &mut entries[0].told {
            *court_hidden = true;
        }
        for entries in [entries.clone(), entries.into_iter().rev().collect()] {
            let graph = Graph::of(&entries, &page(Lang::Nl)).unwrap();
            let words: Vec<&str> = graph.cases.iter().flat_map(|shape| &shape.lines).map(|line| &*line.text).collect();
            let told = format!("{words:?} {:?}", graph.edges.iter().map(|edge| &edge.case).collect::<Vec<_>>());
            assert!(!told.contains("123456") && !told.contains("Rotterdam"), "{told}");
            assert!(told.contains("ander gerecht"), "{told}");
        }
    }

    #[test]
    fn of_too_much_there_is_the_table_alone() {
        let mut entries = Vec::new();
        for number in 0..40 {
            let mut entry = opened().remove(0);
            if let Told::Stands { parallel, .. } = &mut entry.told {
                parallel.id = CaseId::derived(&[&number.to_string()]);
            }
            entries.push(entry);
        }
        let graph = Graph::of(&entries, &page(Lang::Nl)).unwrap();
        assert!(!graph.is_drawn);
        assert_eq!((graph.cases.len(), graph.edges.len()), (40, 120));
    }

    #[test]
    fn two_who_stand_alike_in_the_own_case_are_two() {
        let mut entries = opened();
        entries
            .retain(|entry| matches!(&entry.told, Told::Stands { assessment, .. } if !assessment.persons.is_empty()));
        entries.truncate(1);
        let Told::Stands { assessment, .. } = &mut entries[0].told else { unreachable!("it stands") };
        let mut other = assessment.persons[0].clone();
        other.parallel_roles = [Role::parse("victim").unwrap()].into();
        let before = assessment.persons.len();
        assessment.persons.push(other);
        let graph = Graph::of(&entries, &page(Lang::Nl)).unwrap();
        assert_eq!(graph.persons.len(), before + 1);
        let alike: Vec<&str> =
            graph.edges.iter().filter(|edge| edge.person.ends_with(')')).map(|edge| &*edge.person).collect();
        assert!(
            alike.iter().any(|who| who.ends_with("(1)")) && alike.iter().any(|who| who.ends_with("(2)")),
            "{alike:?}"
        );
        assert!(
            graph.edges.iter().any(|edge| edge.roles.as_deref() == Some("slachtoffer")),
            "and what each is there stays apart"
        );
    }

    #[test]
    fn long_words_are_cut_off() {
        assert_eq!(cut("kort"), "kort");
        assert_eq!(cut(&"é".repeat(LETTERS + 1)).chars().count(), LETTERS);
    }
}
