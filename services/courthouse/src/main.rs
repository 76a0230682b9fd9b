//! `verband`: all four services on one machine, and the operator's verbs.

fn main() -> std::process::ExitCode {
    courthouse::cli::main()
}
