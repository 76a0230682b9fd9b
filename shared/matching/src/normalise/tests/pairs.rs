//! The two lists of name pairs, judged by the spelling class.

use super::super::lists::checks;
use super::super::spelling::class_by_rules;
use super::*;

/// Pairs of a list that the spelling class gets wrong: spellings of one name that differ, names that collide.
fn wrong(list: &str, class: impl Fn(&str) -> String) -> (Vec<String>, Vec<String>) {
    let (mut apart, mut collided) = (Vec::new(), Vec::new());
    for line in list.lines() {
        let [sign, one, other] = line.split_whitespace().collect::<Vec<_>>()[..] else { continue };
        let is_alike = class(&word(one)) == class(&word(other));
        match sign {
            "=" if !is_alike => apart.push(format!("{one} {other}")),
            "!" if is_alike => collided.push(format!("{one} {other}")),
            _ => {}
        }
    }
    (apart, collided)
}

const TUNED: &str = include_str!("../../../data/pairs/tuned.txt");
const ASIDE: &str = include_str!("../../../data/pairs/aside.txt");

#[test]
fn the_lists_are_long_enough_to_say_something() {
    for (list, sign) in [(TUNED, '='), (TUNED, '!'), (ASIDE, '='), (ASIDE, '!')] {
        assert!(list.lines().filter(|line| line.starts_with(sign)).count() >= 60, "{sign}");
    }
}

#[test]
fn spellings_of_one_name_are_one_class_and_names_do_not_collide() {
    for list in [TUNED, ASIDE] {
        assert_eq!(wrong(list, spelling), (vec![], vec![]));
    }
}

/// What the list of spellings adds is no merit of the rules, so their own result is held as well.
#[test]
fn rules_alone_miss_what_only_a_list_can_know() {
    let (apart, collided) = wrong(TUNED, class_by_rules);
    assert_eq!((apart.len(), collided.len()), (17, 0), "{apart:?}");
    let (apart, collided) = wrong(ASIDE, class_by_rules);
    assert_eq!((apart.len(), collided.len()), (14, 0), "{apart:?}");
}

#[test]
fn the_groups_of_given_names_are_many_and_related() {
    let (dutch, with_others, english) = checks::group_counts();
    assert!(dutch >= 120 && with_others > dutch && english >= 150, "{dutch} {with_others} {english}");
}

#[test]
fn no_listed_spelling_stands_for_two_names() {
    let mut seen: Vec<(String, &str)> = Vec::new();
    for line in checks::spelling_lines() {
        for spelled in &line {
            seen.push((class_by_rules(spelled), line[0]));
            seen.push(((*spelled).to_owned(), line[0]));
            assert_eq!(spelling(spelled), spelling(line[0]), "{spelled}");
        }
        let class = spelling(line[0]);
        assert_eq!(spelling(&class), class);
    }
    seen.sort();
    seen.dedup();
    let twice: Vec<_> = seen.windows(2).filter(|pair| pair[0].0 == pair[1].0).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
