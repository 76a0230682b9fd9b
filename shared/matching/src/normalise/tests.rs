use proptest::prelude::*;

use super::*;

mod names;
mod pairs;

fn word(text: &str) -> String {
    words(text).concat()
}

proptest! {
    #[test]
    fn folding_is_idempotent_and_plain(text in "\\PC*") {
        let folded = words(&text);
        prop_assert_eq!(words(&folded.join(" ")), folded.clone());
        for word in folded {
            prop_assert!(!word.is_empty());
            prop_assert!(word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()), "{}", word);
        }
    }

    #[test]
    fn a_class_is_its_own_class(text in "[A-Z]{0,14}") {
        let class = spelling(&text);
        prop_assert_eq!(spelling(&class), class);
    }

    #[test]
    fn a_class_of_likely_letters_is_its_own_class(text in "(A|E|I|O|U|Y|IJ|S|C|H|K|T|D|J|Z|SCH|SKA|OVA|W|X|IE|B|G|L|N){0,10}") {
        let class = spelling(&text);
        prop_assert!(class.bytes().all(|byte| byte.is_ascii_uppercase()), "{}", class);
        prop_assert_eq!(spelling(&class), class);
    }

    #[test]
    fn nothing_fails_on_any_text(text in any::<String>(), other in any::<String>()) {
        prop_assert_eq!(words(&text), words(&text));
        let class = spelling(&text);
        prop_assert!(class.is_ascii());
        prop_assert!(sound(&text).is_ascii());
        short_forms(&text);
        is_placeholder(&text);
        prefix_class(&text);
        initial_fits(&text, &other);
        let read = surname(Some(&other), &text);
        for form in &read.forms {
            prop_assert!(!form.core.is_empty());
            prop_assert_eq!(form.words.concat(), form.core.clone());
        }
        prop_assert!(read == surname(Some(&other), &text));
        let read = given(Some(&text), Some(&other));
        prop_assert!(read.names.iter().chain(&read.joined).chain(&read.initials).all(|word| !word.is_empty() && word.is_ascii()));
    }

    #[test]
    fn names_as_written_are_read_in_full(text in "[A-Za-z .,'/()-]{0,40}", prefix in "(van|de|der|v|d|'t|in| ){0,4}") {
        let read = surname(Some(&prefix), &text);
        let forms = &read.forms;
        let rest = forms.get(1..).unwrap_or_default();
        prop_assert!(rest.is_sorted(), "forms behind the whole are in order");
        prop_assert!(rest.iter().all(|form| Some(form) != forms.first()));
        prop_assert_eq!(forms.is_empty(), is_placeholder(&text));
    }
}
