//! The command-line program: reads arguments, calls the library, prints.

mod args;
mod commands;
mod dedup;
mod eval;
mod eval_args;
mod eval_facts;
mod eval_lineage;
#[cfg(feature = "html")]
mod eval_pages;
mod eval_pairs;
mod fields;
#[cfg(feature = "index")]
mod index;
mod progress;
mod render;
mod rows;
#[cfg(feature = "serve")]
mod server;
mod synth;
mod target;
mod terminal;
#[cfg(feature = "watch")]
mod watch;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use eval_args::EvalCommand;
use std::process::ExitCode;

/// An article is read into thousands of small pieces, on every thread: that of the C library takes a tenth longer for it, and a quarter
/// more memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::tell(&format!("wirecopy: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Help that was asked for, or what is wrong with the arguments: these may be file names that a shell filled in, so
/// they are cleaned as well.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if error.use_stderr() {
        terminal::tell(text.trim_end());
        return ExitCode::from(2);
    }
    match terminal::write(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Trace(args) => commands::trace(&args),
        Command::Diff(args) => commands::diff(&args),
        Command::Dedup(args) => dedup::dedup(&args),
        Command::Eval { command: EvalCommand::Pairs(args) } => eval_pairs::pairs(&args),
        Command::Eval { command: EvalCommand::Facts(args) } => eval_facts::facts(&args),
        Command::Eval { command: EvalCommand::Lineage(args) } => eval_lineage::lineage(&args),
        #[cfg(feature = "html")]
        Command::Eval { command: EvalCommand::Pages(args) } => eval_pages::pages(&args),
        Command::Eval { command: EvalCommand::Levels(args) } => eval_pairs::levels(&args),
        Command::Eval { command: EvalCommand::Fit(args) } => eval_pairs::fit(&args),
        #[cfg(feature = "index")]
        Command::Index { command } => index::run(&command),
        #[cfg(feature = "serve")]
        Command::Serve(args) => server::serve(&args),
        #[cfg(feature = "watch")]
        Command::Watch(args) => watch::watch(&args),
        Command::Synth(args) => synth::synth(&args),
        Command::Eval { command: EvalCommand::Clusters(args) } => eval::clusters(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "wirecopy", &mut script);
            terminal::write(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            terminal::write(&page)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
