//! The `synth` command.

use crate::args::{Progress, SynthArgs};
use crate::progress::Watcher;
use crate::target::Target;
use crate::terminal;
use std::process::ExitCode;
use wirecopy::corpus::Monitor as _;
use wirecopy::error::Error;
use wirecopy::synth::{Corpus, Kind, write};

pub(crate) fn synth(args: &SynthArgs) -> anyhow::Result<ExitCode> {
    let watcher = Watcher::new(args.progress == Progress::Auto);
    let mut target = Target::new(&args.output)?;
    let result = write(&Corpus::new(Kind::Copies, args.seed), args.documents, &mut target, &watcher);
    watcher.clear();
    match result {
        Ok(written) => {
            target.commit()?;
            let used = watcher.usage();
            terminal::tell(&format!(
                "{} documents in {} clusters, {} bytes; {:.2} s, {:.2} CPU s",
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
