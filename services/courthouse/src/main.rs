//! `verband`: all four services on one machine, and the operator's verbs.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    courthouse::cli::main()
}
