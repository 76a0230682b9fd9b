//! Starts intake.

fn main() -> std::process::ExitCode {
    runtime::main("intake", intake::run)
}
