//! The steward's desk as a program of its own. What it is for stands in the library.

fn main() -> std::process::ExitCode {
    runtime::main("steward", steward::run)
}
