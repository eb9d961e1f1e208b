//! The `synth` command.

use crate::args::{Progress, SynthArgs, SynthKind};
use crate::progress::Watcher;
use crate::target::Target;
use crate::terminal;
use std::process::ExitCode;
use wirecopy::corpus::Monitor as _;
use wirecopy::error::Error;
use wirecopy::synth::{Corpus, Kind, write};

pub(crate) fn synth(args: &SynthArgs) -> anyhow::Result<ExitCode> {
    let watcher = Watcher::new(args.progress == Progress::Auto);
    let kind = match args.kind {
        SynthKind::Copies | SynthKind::Chains if args.pairs.is_some() => anyhow::bail!("--pairs needs --kind news"),
        SynthKind::Copies => Kind::Copies,
        SynthKind::News => Kind::News,
        SynthKind::Chains => Kind::Chains,
    };
    let mut target = Target::new(&args.output)?;
    let mut pairs = args.pairs.as_deref().map(Target::new).transpose()?;
    let to_pairs = pairs.as_mut().map(|p| p as &mut dyn std::io::Write);
    let result = write(&Corpus::new(kind, args.seed), args.documents, &mut target, to_pairs, &watcher);
    watcher.clear();
    match result {
        Ok(written) => {
            target.commit()?;
            pairs.map_or(Ok(()), Target::commit)?;
            let used = watcher.usage();
            let pairs = if args.pairs.is_some() { format!(", {} pairs", written.pairs) } else { String::new() };
            terminal::tell(&format!(
                "{} documents in {} clusters, {} bytes{pairs}; {:.2} s, {:.2} CPU s",
                written.documents, written.clusters, written.bytes, used.seconds, used.cpu_seconds
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::Interrupted) => {
            let what = if matches!(target, Target::Standard) { "the corpus is not complete" } else { "nothing was written" };
            terminal::tell(&format!("wirecopy: interrupted, {what}"));
            Ok(ExitCode::from(130))
        }
        Err(error) => Err(error.into()),
    }
}
