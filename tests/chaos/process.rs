//! The real command, so that a test can kill it.

fn main() -> std::process::ExitCode {
    courthouse::cli::main()
}
