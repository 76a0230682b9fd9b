//! What files say is taken for what it means: who is linked at all, which ids are whose, what parts the values of a row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use extract::figures::{Labels, Truth};
use extract::read::Unread;
use extract::run::{Trained, Training, solve, train_on};
use extract::{Map, Progress, Solved, write};
use matching::model::Model;
use tempfile::TempDir;

struct Quiet;

impl Progress for Quiet {
    fn read(&self, _: u64) {}

    fn begins(&self, _: &'static str) {}
}

const MAP: &str = "record_id = 'id'\ncase = 'case'\nrole = 'role'\ngiven_names = 'given'\nsurname = 'name'\n\
    birth_date = 'born'\n[identifiers]\nbsn = 'bsn'\n";

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    file
}

fn by_court(files: &[PathBuf], map: &str) -> Solved {
    solve(files, &Map::parse(map).unwrap(), Some(Model::of_courts().unwrap()), &Quiet).unwrap()
}

/// The group of each record, as it is written.
fn groups(folder: &TempDir, solved: &Solved) -> Vec<String> {
    let out = folder.path().join("out.csv");
    write::clusters(&out, &solved.register, &solved.resolution.possible).unwrap();
    fs::read_to_string(out).unwrap().lines().skip(1).map(str::to_owned).collect()
}

fn told(error: &impl ToString, says: &[&str]) {
    let error = error.to_string();
    assert!(says.iter().all(|says| error.contains(says)), "{error}");
}

#[test]
fn who_is_there_for_their_work_is_linked_to_nobody_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let person = "Johanna Maria,Zwartkruis,1971-03-09,999990019";
    let text = |role: &str| {
        let rows: Vec<String> = (1..=3).map(|case| format!("{case},{case},{role},{person}\n")).collect();
        format!("id,case,role,given,name,born,bsn\n{}", rows.concat())
    };
    let linked = by_court(&[file(&folder, "a.csv", &text("suspect"))], MAP);
    assert_eq!(groups(&folder, &linked), ["1,1", "2,1", "3,1"]);
    assert!(linked.aside.is_empty());
    for role in ["lawyer", "Officier van justitie", "special-guardian", "lawyer+interpreter"] {
        let rows = text(role);
        // A record that comes twice is one.
        let files = [file(&folder, "a.csv", &rows), file(&folder, "a.csv", &rows)];
        let solved = by_court(&files, MAP);
        assert_eq!(groups(&folder, &solved), ["1,1", "2,2", "3,3"], "{role}");
        assert!(solved.edges.is_empty() && solved.resolution.questions.is_empty(), "{role}");
        assert_eq!(solved.aside, ["1".into(), "2".into(), "3".into()]);
        assert!(solved.stands_aside("2") && !solved.stands_aside("4"));
        let trained = train_on(&files, &Map::parse(MAP).unwrap(), &Training::default(), &Quiet).unwrap();
        assert_eq!(trained.aside, solved.aside);
    }
}

#[test]
fn what_was_meant_to_be_a_value_and_is_none_is_counted_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = [
        ("9 maart 1971", "999990019"),
        ("71.03.09", "999990018"),
        ("1971-03-09", "99999001"),
        // None of these was meant to be a value.
        ("", ""),
        ("onbekend", "NVT"),
        ("00-00-0000", "000000000"),
        ("01-01-1900", "123456782"),
        ("-", " "),
        // Known in part.
        ("1971-03", ""),
        ("19710000", ""),
    ]
    .iter()
    .enumerate()
    .map(|(id, (born, number))| format!("{id},{id},suspect,Johanna,Zwartkruis,{born},{number}\n"))
    .collect();
    let text = format!("id,case,role,given,name,born,bsn\n{}", rows.concat());
    let files = [file(&folder, "a.csv", &text)];
    let unread = |field: &str, values| Unread { field: field.into(), values };
    let expected = [unread("birth_date", 2), unread("bsn", 2)];
    assert_eq!(by_court(&files, MAP).unread, expected);
    let trained = train_on(&files, &Map::parse(MAP).unwrap(), &Training::default(), &Quiet).unwrap();
    assert_eq!(trained.unread, expected);
}

#[test]
fn who_is_a_guardian_beside_being_a_party_may_be_one_person() {
    let folder = tempfile::tempdir().unwrap();
    let two_persons = |role: &str| {
        let text = format!(
            "id,case,role,given,name,born,bsn\n1,9,petitioner,Johanna,Zwartkruis,1971-03-09,999990019\n\
             2,9,{role},Johanna,Zwartkruis,1971-03-09,999990019\n"
        );
        by_court(&[file(&folder, "a.csv", &text)], MAP).register.same_case(0, 1)
    };
    assert!(two_persons("respondent"));
    assert!(!two_persons("own-guardian") && !two_persons("non-parent-with-authority"));
}

#[test]
fn values_may_be_parted_by_semicolons_and_tabs() {
    let folder = tempfile::tempdir().unwrap();
    let text = "case,id,role,given,name,born,bsn\n1,a,suspect,Johanna,Zwartkruis,1971-03-09,999990019\n\
                2,b,victim,Johanna,Zwartkruis,1971-03-09,999990019\n3,c,victim,Piet,Anders,1990-01-02,\n";
    let written = |delimiter: &str| {
        let solved = by_court(&[file(&folder, "a.csv", &text.replace(',', delimiter))], MAP);
        let labels = "cluster_id,record_id\nx,a\nx,b\ny,c\n".replace(',', delimiter);
        let truth = Truth::of(&Labels::read(&file(&folder, "t.csv", &labels)).unwrap(), &solved.register);
        assert_eq!((truth.known, truth.elsewhere), (3, 0));
        groups(&folder, &solved)
    };
    assert_eq!(written(","), ["a,a", "b,a", "c,c"]);
    assert_eq!(written(";"), written(","));
    assert_eq!(written("\t"), written(","));
    let none = file(&folder, "a.csv", "number;name\n1;x\n");
    let error = solve(&[none], &Map::parse("record_id = 'id'\nsurname = 'name'").unwrap(), None, &Quiet).unwrap_err();
    told(&error, &["has no column", "its columns are number, name"]);
}

#[test]
fn a_person_has_one_only_of_what_the_map_says() {
    let folder = tempfile::tempdir().unwrap();
    let map = |more: &str| {
        Map::parse(&format!("record_id = 'id'\nsurname = 'name'\n{more}\n[identifiers]\nssn = 'ssn'\nbsn = 'bsn'"))
    };
    let unique = |more: &str| -> Vec<(String, bool)> {
        let schema = map(more).unwrap().schema().unwrap();
        schema.comparisons().iter().map(|one| (one.name.clone(), one.unique)).skip(1).collect()
    };
    let ssn = [("bsn".to_owned(), false), ("ssn".to_owned(), true)];
    assert_eq!(unique("one_per_person = ['ssn']"), ssn);
    told(&map("one_per_person = ['sns']").unwrap_err(), &["one_per_person names sns", "no identifier"]);
    // What a bsn must be holds of a bsn, and not of what else a person has one of.
    let text = "id,name,ssn,bsn\n1,Zwartkruis,123,123\n2,Anders,123,123\n";
    let file = file(&folder, "a.csv", text);
    let map = map("one_per_person = ['ssn']").unwrap();
    let Trained { model, .. } = train_on(std::slice::from_ref(&file), &map, &Training::default(), &Quiet).unwrap();
    let read = extract::read::read(std::slice::from_ref(&file), &map, &map.schema().unwrap(), |_| ()).unwrap();
    let basis = matching::explain::Basis::new(&read.register, &model);
    let levels: Vec<String> =
        matching::explain::pair(&basis, 0, 1).parts.iter().map(|part| part.level.clone()).collect();
    assert_eq!(levels[1..], ["missing", "equal"]);
    let error = solve(&[file], &map, Some(Model::of_courts().unwrap()), &Quiet).unwrap_err();
    told(&error, &["the field bsn otherwise than the map", "train a model with it"]);
}

#[test]
fn ids_are_unique_over_all_files() {
    let folder = tempfile::tempdir().unwrap();
    let map = Map::parse("record_id = 'id'\nsurname = 'name'").unwrap();
    let of = |one: &str, other: &str| {
        let text = |id: &str, name: &str| format!("id,name\n{id},{name}\n");
        let files = [file(&folder, "a.csv", &text(one, "Zwartkruis")), file(&folder, "b.csv", &text(other, "Anders"))];
        solve(&files, &map, None, &Quiet)
    };
    let error = of("1", "1").unwrap_err();
    told(&error, &["1 ids stand for several", "unique over all files", "put a prefix of the file before each id"]);
    assert_eq!(of("a-1", "b-1").unwrap().register.len(), 2);
}

#[test]
fn a_truth_that_contradicts_itself_is_refused_and_what_it_knows_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let truth = |rows: &str| Labels::read(&file(&folder, "t.csv", rows));
    for (rows, says) in [
        ("record_id,person\na,x\n", "has no column cluster_id"),
        ("record_id,cluster_id\na,x\nb,\n", "line 3: record_id or cluster_id is empty"),
        ("record_id,cluster_id\n,x\n", "line 2: record_id or cluster_id is empty"),
        ("record_id,cluster_id\na,x\nb,x\na,y\n", "line 4: the record has another cluster_id in an earlier line"),
    ] {
        told(&truth(rows).unwrap_err(), &[says]);
    }
    told(&Labels::read(Path::new("none.csv")).unwrap_err(), &["cannot read none.csv"]);
    let labels = truth("record_id,cluster_id\na,x\na,x\nb,x\nq,z\n").unwrap();
    let records = file(&folder, "a.csv", "id,name\na,Zwartkruis\nb,Zwartkruis\nc,Anders\n");
    let solved = solve(&[records], &Map::parse("record_id = 'id'\nsurname = 'name'").unwrap(), None, &Quiet).unwrap();
    let truth = Truth::of(&labels, &solved.register);
    assert_eq!((truth.known, truth.records(), truth.elsewhere), (2, 3, 1));
    assert_eq!((truth.same(0, 1), truth.same(0, 2)), (Some(true), None));
}

#[test]
fn it_is_known_from_where_on_pairs_are_kept_and_which_record_was_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,case,role,given,name,born,bsn\n6,a,minor,Jan,Zwartkruis,,\n7,b,minor,Jan,Anders,,\n";
    let solved = by_court(&[file(&folder, "a.csv", rows)], MAP);
    assert!(solved.edges.iter().all(|edge| edge.weight >= solved.kept_from()));
    assert_eq!(solved.register.id(solved.row("7").unwrap()), "7");
    told(&solved.row("nobody").unwrap_err(), &["no record has the id nobody"]);
}
