//! S47 to S57: groups, and what people ruled about them.

use matching::resolve::Reason;

use super::{Apart, Certain, Linked, NotAsked, NotCertain, Scenario, Steward, scenario};
use crate::court::{Party, SHELTER, caseload, model, party, register};
use crate::outcome::{Outcome, Ruled, decide};

fn home(party: Party) -> Party {
    party.at("Zwanebloemakker", "7", "9876ZX", "Oosterkapelle")
}

fn one() -> Party {
    home(party("Willem", "Terpstra", "1985-03-14"))
}

pub fn scenarios() -> Vec<Scenario> {
    vec![
        scenario(
            "S47 a record with the numbers of two",
            [
                party("Willem", "Terpstra", "1985-03-14").bsn("999990019"),
                party("Karim", "El Amrani", "1990-08-02").skn("77001001"),
                party("Willem", "Terpstra", "1985-03-14").bsn("999990019").skn("77001001"),
            ],
        )
        .expect(0, 1, NotCertain)
        .expect(0, 1, Apart)
        .expect(0, 2, Certain)
        .expect(1, 2, Steward),
        scenario("S52 what holds is the newest ruling of a pair", [one(), one(), one()])
            .same(0, 1)
            .different(1, 2)
            .expect(0, 1, Certain)
            .expect(1, 2, Apart)
            .expect(0, 2, Apart),
        scenario("S53 two that are two, and a third that fits both", [one(), one(), one()])
            .different(0, 1)
            .expect(0, 1, Apart)
            .expect(0, 1, NotAsked),
        scenario("S54 two rulings leave the third pair as it is", [one(), one(), one()])
            .different(0, 1)
            .different(1, 2)
            .expect(0, 1, Apart)
            .expect(1, 2, Apart)
            .expect(0, 2, Certain),
        scenario("S55 one leaves a group that survives", [one(), one(), one(), one()])
            .different(3, 2)
            .expect(0, 1, Certain)
            .expect(2, 3, Apart),
        scenario("S57 what was refused is not offered again", [one(), Party { birth: String::new(), ..one() }])
            .different(0, 1)
            .expect(0, 1, Apart)
            .expect(0, 1, NotAsked),
        scenario("S57 what was not refused is offered", [one(), Party { birth: String::new(), ..one() }])
            .expect(0, 1, Linked)
            .expect(0, 1, Steward),
    ]
}

fn outcome(parties: &[Party], ruled: &Ruled) -> Outcome {
    let mut register = register(parties);
    model().weigh(&mut register).unwrap();
    decide(&register, model(), ruled)
}

/// S53: the third is with one of them, not silently, and it is asked once.
#[test]
fn a_record_that_fits_two_persons_is_asked_about_once() {
    let parties = ["a", "b", "c"].map(|id| one().id(id));
    let ruled = Ruled { different: vec![("a".into(), "b".into())], ..Ruled::default() };
    let outcome = outcome(&parties, &ruled);
    let about: Vec<Reason> = outcome.questions.iter().map(|asked| asked.reason).collect();
    assert_eq!(about, [Reason::Bridge]);
    assert!(outcome.questions[0].pair.0 == "c" || outcome.questions[0].pair.1 == "c");
}

/// S48: once the record that held two together is corrected, nothing of it is left.
#[test]
fn a_bridge_that_is_corrected_parts_again() {
    let (a, b) = (one().id("a"), home(party("Willem", "Terpstra", "1955-11-02")).id("b"));
    let apart = outcome(&[a.clone(), b.clone()], &Ruled::default());
    let bridge = Party { birth: String::new(), ..one() }.id("c");
    let with = outcome(&[a.clone(), b.clone(), bridge.clone()], &Ruled::default());
    assert!(with.questions.len() > apart.questions.len(), "the bridge is asked about");
    let corrected = party("Fatima", "El Amrani", "1990-08-02").id("c");
    let after = outcome(&[a, b, corrected], &Ruled::default());
    assert_eq!(after.questions, apart.questions);
    assert!(!after.possible("a", "c") && !after.possible("b", "c"));
}

/// S56: ruling the same again, or the other way round, changes nothing.
#[test]
fn a_ruling_made_again_changes_nothing() {
    let parties = [one().id("a"), home(party("Lars", "Terpstra", "1985-03-14")).id("b")];
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let once = Ruled { same: vec![pair("a", "b")], ..Ruled::default() };
    let again = Ruled { same: vec![pair("a", "b"), pair("b", "a"), pair("a", "b")], ..Ruled::default() };
    assert_eq!(outcome(&parties, &once), outcome(&parties, &again));
    assert!(outcome(&parties, &once).certain("a", "b"));
}

/// S32, S43: an address that many of the register have says less than one that is new to it. No model holds doors, which are
/// people's homes: they are counted where they are compared.
#[test]
fn a_shared_address_says_less_than_a_new_one() {
    let sheltered = |party: Party| Party { address: SHELTER.map(Into::into), ..party };
    let mut parties = vec![one().id("a"), one().id("b"), sheltered(one()).id("c"), sheltered(one()).id("d")];
    let others = caseload(77, 60).into_iter().enumerate();
    parties.extend(others.map(|(number, (other, _))| sheltered(other).id(&format!("z{number:02}"))));
    let mut register = register(&parties);
    model().weigh(&mut register).unwrap();
    let weigh = |a, b| model().scale().score(&register, a, b).0.stranger;
    let (new, shelter) = (weigh(0, 1), weigh(2, 3));
    assert!(shelter + 3_000 < new, "{shelter} is not less than {new} by three bits");
}

/// S19: nine surnames on each side that meet in one say less than one surname that is the same.
#[test]
fn one_of_many_names_says_less_than_the_only_one() {
    let of = |surnames: &[&str]| {
        let surnames = surnames.iter().map(|name| (String::new(), (*name).into())).collect();
        Party { surnames, ..one() }
    };
    let weigh = |one: Party, other: Party| {
        let mut register = register(&[one.id("a"), other.id("b")]);
        model().weigh(&mut register).unwrap();
        model().scale().score(&register, 0, 1).0.total
    };
    let many = weigh(of(&["Terpstra", "Quacklaar", "Quackbeek"]), of(&["Zwaanveld", "Zwaanhorst", "Terpstra"]));
    let only = weigh(of(&["Terpstra"]), of(&["Terpstra"]));
    assert!(many < only, "{many} is not less than {only}");
}

/// S44: what a pair weighs by its names, dates, numbers and texts follows from the model, whatever else has come since.
#[test]
fn a_score_rests_on_the_frozen_frequencies() {
    let one = || Party { address: <[String; 4]>::default(), ..one() }.born_in("Zwolle").sex("m");
    let parties = [one().id("a"), one().id("b")];
    let score = |parties: &[Party]| {
        let mut register = register(parties);
        model().weigh(&mut register).unwrap();
        model().scale().score(&register, 0, 1)
    };
    let mut crowd = parties.to_vec();
    crowd.extend((0..300).map(|number| one().id(&format!("z{number}"))));
    let others = caseload(78, 300).into_iter().enumerate();
    crowd.extend(others.map(|(number, (other, _))| other.id(&format!("zz{number}"))));
    assert_eq!(score(&crowd), score(&parties));
}
