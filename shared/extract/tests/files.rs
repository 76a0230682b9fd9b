//! Files in, files out: the same whatever the order of rows, and every fault told with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use caseload::{Caseload, PartyRecord, record};
use extract::figures::{Labels, Truth, steward};
use extract::run::{Trained, Training, solve, train_on};
use extract::{Map, Progress, Solved, page, report, write};
use matching::explain::Language;
use matching::model::Model;

struct Quiet;

impl Progress for Quiet {
    fn read(&self, _: u64) {}

    fn begins(&self, _: &'static str) {}
}

const MAP: &str = "record_id = 'record_id'\nsource = 'source'\ncase = 'case_id'\nrole = 'role'\n\
    given_names = 'given_names'\ninitials = 'initials'\nprefix = 'prefix'\nsurname = 'surname'\n\
    partner_prefix = 'partner_prefix'\npartner_surname = 'partner_surname'\nfull_name = 'full_name'\n\
    birth_date = 'birth_date'\nsex = 'sex'\nbirth_place = 'birth_place'\nstreet = 'street'\n\
    house_number = 'house_number'\npostcode = 'postcode'\nplace = 'town'\n\
    [identifiers]\nbsn = 'bsn'\nskn = 'skn'\nv_number = 'v_number'\n";

/// Rows of an invented caseload, with their heading first, and the truth about them.
fn rows(seed: u64, families: u64) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let caseload = Caseload::new(seed);
    let records: Vec<PartyRecord> =
        (0..families).flat_map(|number| caseload.family(number).linkable().cloned().collect::<Vec<_>>()).collect();
    let read = |text: String| -> Vec<Vec<String>> {
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records();
        rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let all = |heading: String, rows: String| read(format!("{}\n{rows}", heading.trim_end()));
    (all(record::heading(), record::rows(&records)), all(record::truth_heading(), record::truth_rows(&records)))
}

fn sheet(file: &Path, rows: &[Vec<String>]) -> PathBuf {
    let mut writer = csv::Writer::from_path(file).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
    file.to_owned()
}

fn groups(file: &Path) -> BTreeSet<BTreeSet<String>> {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in csv::Reader::from_path(file).unwrap().into_records() {
        let row = row.unwrap();
        groups.entry(row[1].to_owned()).or_default().insert(row[0].to_owned());
    }
    groups.into_values().collect()
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut records, _) = rows(41, 200);
    let map = Map::parse(MAP).unwrap();
    let whole = sheet(&folder.path().join("whole.csv"), &records);
    let heading = records.remove(0);
    records.reverse();
    let (one, other) = records.split_at(records.len() / 3);
    let part = |name: &str, rows: &[Vec<String>]| {
        sheet(&folder.path().join(name), &[std::slice::from_ref(&heading), rows].concat())
    };
    let parts = [part("b.csv", other), part("a.csv", one)];
    let results: Vec<Solved> =
        [&[whole][..], &parts[..]].iter().map(|files| solve(files, &map, None, &Quiet).unwrap()).collect();
    assert_eq!(results[0].resolution, results[1].resolution);
    assert_eq!(results[0].model, results[1].model);
    let out = folder.path().join("out.csv");
    let written: Vec<_> = results
        .iter()
        .map(|solved| {
            write::clusters(&out, &solved.register, &solved.resolution.possible).unwrap();
            groups(&out)
        })
        .collect();
    assert_eq!(written[0], written[1]);
    assert!(written[0].iter().any(|group| group.len() > 1) && written[0].len() > 100);
}

#[test]
fn a_trained_model_is_read_back_the_same_and_refused_when_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (records, truth) = rows(42, 300);
    let files = [sheet(&folder.path().join("records.csv"), &records)];
    let truth = sheet(&folder.path().join("truth.csv"), &truth);
    let map = Map::parse(MAP).unwrap();
    let truth = Some(Labels::read(&truth).unwrap());
    let training = Training { name: "t".to_owned(), truth, wanted: 0.9, ..Training::default() };
    let Trained { model, calibrated, .. } = train_on(&files, &map, &training, &Quiet).unwrap();
    let (truth, calibration) = calibrated.unwrap();
    assert!(calibration.certain.is_some() && truth.known == records.len() - 1);
    let text = model.to_toml().unwrap();
    let read = Model::from_toml(&text).unwrap();
    assert_eq!(read.id().unwrap(), model.id().unwrap());
    assert_eq!(read.scale(), model.scale());
    assert!(text.contains(&model.id().unwrap().to_string()));
    let changed = text.replacen("certain = ", "certain = 1", 1);
    let why = Model::from_toml(&changed).unwrap_err().to_string();
    assert!(why.contains("changed after it was made"), "{why}");
    // Nothing of one person stands in it.
    let streets: BTreeSet<&str> = records[1..].iter().map(|row| row[14].as_str()).filter(|it| it.len() > 5).collect();
    assert!(streets.len() > 50 && streets.iter().all(|street| !text.contains(street)));
}

#[test]
fn the_model_of_courts_finds_persons_and_is_certain_only_of_persons() {
    let folder = tempfile::tempdir().unwrap();
    let (records, truth) = rows(43, 400);
    let files = [sheet(&folder.path().join("records.csv"), &records)];
    let truth = sheet(&folder.path().join("truth.csv"), &truth);
    let map = Map::parse(MAP).unwrap();
    let solved = solve(&files, &map, Some(Model::of_courts().unwrap()), &Quiet).unwrap();
    let truth = Truth::of(&Labels::read(&truth).unwrap(), &solved.register);
    let certain = truth.figures(&solved.resolution.certain);
    let possible = truth.figures(&solved.resolution.possible);
    assert!(certain.precision() > 0.995 && certain.recall() > 0.6, "{certain:?}");
    assert!(possible.f1() > 0.95, "{possible:?}");
    let stewarded = steward(&solved.register, &solved.model, false, &solved.edges, &solved.resolution, &truth);
    assert!(stewarded.certain.f1() > possible.f1(), "{stewarded:?}");
    let page = page::report(&solved, "records.csv", "court", false, Some(&truth), Language::English).unwrap();
    let html = report::html(&page);
    assert!(html.contains("court-1") || html.contains(&solved.model.id().unwrap().to_string()));
    let surnames: BTreeSet<&str> = records[1..].iter().map(|row| row[7].as_str()).filter(|it| it.len() > 6).collect();
    assert!(surnames.len() > 50 && surnames.iter().all(|surname| !html.contains(surname)));
}

#[test]
fn every_fault_says_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let map = Map::parse("record_id = 'id'\nsurname = 'name'").unwrap();
    let told = |text: &[u8]| {
        let file = folder.path().join("records.csv");
        fs::write(&file, text).unwrap();
        solve(&[file], &map, None, &Quiet).unwrap_err().to_string()
    };
    for (text, says) in [
        (&b"id,surname\n1,Bakker\n"[..], "has no column name: its columns are id, surname"),
        (b"id,name\n1,Bakker\n,Visser\n", "line 3: the record has no id"),
        (b"id,name\n1,Bakker,x\n", "line 2: the row has 3 values, the heading has 2"),
        (b"id,name\n1,Bakker\n2,Vis\xffser\n", "line 3: a value is not UTF-8"),
        (b"id,name\n1,Bakker\n1,Visser\n", "give each record once"),
    ] {
        let error = told(text);
        assert!(error.contains(says), "{error}");
        assert!(!error.contains("Bakker") && !error.contains("Visser"), "{error}");
    }
    let gone = solve(&[folder.path().join("none.csv")], &map, None, &Quiet).unwrap_err().to_string();
    assert!(gone.contains("cannot read") && gone.contains("none.csv"));
}
