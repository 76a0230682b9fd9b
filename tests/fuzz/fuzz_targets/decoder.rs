//! The decoder of events under libFuzzer: `tests/fuzz/README.md` says how.
#![no_main]

#[path = "../decode.rs"]
mod decode;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| decode::decode(bytes));
