//! A labelled corpus in memory, and a run over it that writes nowhere.

use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, Outputs, ReadAt, RecordLines, Request, RowLines, Silent, Summary, dedup};
use wirecopy::synth::{Corpus, Kind, write};

struct Bytes(Vec<u8>);

impl ReadAt for Bytes {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<()> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let found = self.0.get(start..).and_then(|rest| rest.get(..buffer.len()));
        buffer.copy_from_slice(found.ok_or(std::io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

pub(crate) fn corpus(documents: u64) -> Inputs {
    let mut lines = Vec::new();
    write(&Corpus::new(Kind::Copies, 1), documents, &mut lines, None, &Silent).expect("a corpus in memory");
    let mut inputs = Inputs::default();
    inputs.push("corpus".into(), lines.len() as u64, 0, Box::new(Bytes(lines)));
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
