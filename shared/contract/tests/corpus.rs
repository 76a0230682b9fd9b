//! Everything that the fuzzer ever found worth keeping, through the decoder again.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../../../tests/fuzz/decode.rs"]
mod decode;

use std::path::Path;

#[test]
fn nothing_the_fuzzer_found_brings_the_decoder_down() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus/decoder");
    let mut inputs = 0;
    for entry in std::fs::read_dir(corpus).expect("a corpus") {
        decode::decode(&std::fs::read(entry.expect("a file").path()).expect("an input"));
        inputs += 1;
    }
    assert!(inputs > 100, "{inputs} inputs: the corpus is not there");
}
