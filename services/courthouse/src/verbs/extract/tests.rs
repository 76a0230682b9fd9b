use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line<O: Args> {
    #[command(flatten)]
    options: O,
}

fn parsed<O: Args>(words: &str) -> O {
    Line::parse_from(std::iter::once("verband").chain(words.split_whitespace())).options
}

/// Nothing of what these name is there, so that whatever comes later fails with other words.
#[test]
fn no_file_is_written_over_or_twice_before_anything_is_done() {
    for (words, says) in [
        ("--map m --out in.csv in.csv", "in.csv is read and would be written over"),
        ("--map m --out o --certain ./src/../m in.csv", "m is read and would be written over"),
        ("--map m --out o --truth t --report t in.csv", "t is read and would be written over"),
        ("--map m --model model --pairs model --out o in.csv", "model is read and would be written over"),
        ("--map m --out o --tasks ./o in.csv", "o would be written twice"),
    ] {
        let error = matching(&parsed(words)).unwrap_err().to_string();
        assert!(error.contains(says), "{words}: {error}");
    }
    for (words, says) in [
        ("--map m --out in.csv in.csv", "in.csv is read"),
        ("--map m --out r --rulings r in.csv", "r is read"),
        ("--map m --out t --truth t in.csv", "t is read"),
    ] {
        let error = train(parsed(words)).unwrap_err().to_string();
        assert!(error.contains(says), "{words}: {error}");
    }
}

#[test]
fn a_truth_is_looked_at_before_anything_is_done() {
    let error = matching(&parsed("--map no-map --out o --truth no-truth in.csv")).unwrap_err().to_string();
    assert!(error.contains("cannot read no-truth"), "{error}");
}

#[test]
fn a_pair_is_two_records() {
    let error = explain(&parsed("--map m --pair a1 a1 in.csv")).unwrap_err().to_string();
    assert!(error.contains("--pair a1 a1 is one record"), "{error}");
}

#[test]
fn a_number_of_bits_is_one() {
    let error = matching(&parsed("--map m --out o --pairs-from nan in.csv")).unwrap_err().to_string();
    assert!(error.contains("a number of bits"), "{error}");
}
