//! The words of the pages and of the code lists: nobody is called guilty before a ruling is final, in either language.
//!
//! What is said of a status is held by the tests of `domain`, which builds the sentences; here is everything that is only text.

use std::path::Path;

/// Words that say or suggest that somebody did it, or that nothing is wrong.
const BANNED: [&str; 16] = [
    "dader",
    "pleger",
    "schuldig",
    "boef",
    "misdadiger",
    "perpetrator",
    "offender",
    "guilty",
    "culprit",
    "abuser",
    "criminal record",
    "geen geweld gevonden",
    "veilig bevonden",
    "no violence was found",
    "found to be safe",
    "in strijd met",
];

/// Texts in which such a word is the name of a ruling, and stands for one that a court has given.
const RULINGS: [&str; 2] = ["schuldig zonder straf of maatregel", "guilty, without punishment"];

/// The texts of a file: values of a Fluent file, or the labels of a code list.
fn texts(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a text");
    let is_list = path.extension().is_some_and(|extension| extension == "toml");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let labels = ["nl = ", "en = ", "facts = "];
            if is_list { labels.iter().find_map(|label| line.strip_prefix(label)) } else { Some(line) }
        })
        .map(str::to_lowercase)
        .collect()
}

fn files(extension: &str, folders: &[&str]) -> Vec<std::path::PathBuf> {
    let folders = folders.iter().map(|folder| super::root().join(folder));
    let entries = folders.flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let paths = entries.map(|entry| entry.expect("a file").path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

#[test]
fn no_text_of_a_page_or_a_list_calls_anybody_guilty() {
    let mut all = files("ftl", &["services/alerts/texts", "services/steward/texts", "shared/web/texts"]);
    assert_eq!(all.len(), 6, "both languages of each");
    all.extend(files("toml", &["shared/domain/code-lists"]));
    let mut read = 0;
    for path in all {
        for text in texts(&path) {
            read += 1;
            let plain = RULINGS.iter().fold(text.clone(), |text, ruling| text.replace(ruling, ""));
            for word in BANNED {
                assert!(!plain.contains(word), "{word:?} in {}: {text}", path.display());
            }
        }
    }
    assert!(read > 900, "the texts were found: {read}");
}
