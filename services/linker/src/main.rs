//! Starts the linker.

fn main() -> std::process::ExitCode {
    runtime::main("linker", linker::run)
}
