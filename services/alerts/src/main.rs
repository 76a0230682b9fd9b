//! Starts alerts.

fn main() -> std::process::ExitCode {
    runtime::main("alerts", alerts::run)
}
