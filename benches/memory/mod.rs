//! A labelled corpus in memory, and a run over it that writes nowhere.

use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, Outputs, RecordLines, Request, RowLines, Silent, Summary, dedup};
use wirecopy::synth::{Corpus, Kind, write};

pub(crate) fn corpus(documents: u64) -> Inputs {
    let mut lines = Vec::new();
    write(&Corpus::new(Kind::Copies, 1), documents, &mut lines, None, &Silent).expect("a corpus in memory");
    let mut inputs = Inputs::default();
    inputs.push("corpus".into(), lines.len() as u64, 0, Box::new(lines));
    inputs
}

pub(crate) fn run(inputs: &Inputs) -> Summary {
    let (mut kept, mut rows) = (std::io::sink(), std::io::sink());
    let config = Config::default();
    let request =
        Request { inputs, config: &config, memory: 2 << 30, spill: None, gram_spills: [None, None], stages: None, monitor: &Silent };
    let outputs = Outputs { kept: &mut RecordLines::new(&mut kept), clusters: Some(&mut RowLines::new(&mut rows)) };
    dedup(request, outputs).expect("a run in memory")
}
