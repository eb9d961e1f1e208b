//! Labelled corpora made from a seed: texts of a made-up language that looks like the English of news, copies of them
//! that went through known edits, and the truth in every line.
//!
//! A text depends on the seed and the number of its cluster only, and is the same on every machine: the first clusters of a
//! larger corpus are those of a smaller one, and any number of documents takes the same memory.
//!
//! | part | what it is |
//! |---|---|
//! | `random`, `weighted` | numbers, and ranks by Zipf's law |
//! | `lexicon`, `vocabulary` | ordinary words, and words made from syllables behind them |
//! | `templates`, `grammar`, `cast` | sentences with persons, places, bodies, figures, dates and quotations |
//! | `story`, `newsroom`, `site` | a text as its sentences, new stories, what sites put around them |
//! | `edit` | what was done to a copy |
//! | `news` | news-like pages instead: one event told by an agency, by rewriters, by others |
//! | `corpus` | clusters, with the truth |

mod cast;
mod corpus;
mod edit;
mod grammar;
mod lexicon;
mod news;
mod newsroom;
mod random;
mod site;
mod story;
mod templates;
mod vocabulary;
mod weighted;

pub use corpus::{Corpus, Kind, Labelled};
pub use edit::Edit;
pub use news::{Pair, PairPage, Treatment};

use crate::corpus::Monitor;
use crate::error::{Error, Result};
use std::io::Write;

/// How many documents and bytes were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Documents.
    pub documents: u64,
    /// Clusters, hard negatives not counted.
    pub clusters: u64,
    /// Bytes.
    pub bytes: u64,
    /// Labelled pairs.
    pub pairs: u64,
}

/// Writes `documents` documents of `corpus` as JSON Lines, and to `pairs` labelled pairs of them.
///
/// # Errors
/// [`Error::Run`] when the output fails, [`Error::Interrupted`] when the monitor asks to stop, [`Error::Setting`] when the
/// numbers of clusters do not suffice.
pub fn write(
    corpus: &Corpus,
    documents: u64,
    to: &mut dyn Write,
    mut pairs: Option<&mut dyn Write>,
    monitor: &dyn Monitor,
) -> Result<Written> {
    let failed = |source| Error::Run { doing: "writing the corpus", source };
    monitor.stage("synth", documents);
    let mut written = Written::default();
    let mut lines = Vec::with_capacity(1 << 17);
    let mut told = 0;
    for number in 0..=u32::MAX {
        if written.documents == documents {
            break;
        }
        let mut cluster = corpus.cluster(number);
        cluster.truncate(usize::try_from(documents - written.documents).unwrap_or(usize::MAX));
        if let Some(to) = pairs.as_mut() {
            for pair in corpus.pairs(number, &cluster) {
                serde_json::to_writer(&mut *to, &pair).map_err(|e| failed(e.into()))?;
                to.write_all(b"\n").map_err(failed)?;
                written.pairs += 1;
            }
        }
        for document in &cluster {
            serde_json::to_writer(&mut lines, document).map_err(|e| failed(e.into()))?;
            lines.push(b'\n');
            written.documents += 1;
        }
        written.clusters += 1;
        if lines.len() >= 1 << 16 {
            if monitor.stopped() {
                return Err(Error::Interrupted);
            }
            to.write_all(&lines).map_err(failed)?;
            written.bytes += lines.len() as u64;
            lines.clear();
            monitor.advance(written.documents - told);
            told = written.documents;
        }
    }
    if written.documents < documents {
        return Err(Error::Setting { setting: "documents", reason: format!("a corpus has no more than {}", written.documents) });
    }
    to.write_all(&lines).map_err(failed)?;
    to.flush().map_err(failed)?;
    pairs.map_or(Ok(()), Write::flush).map_err(failed)?;
    written.bytes += lines.len() as u64;
    monitor.advance(written.documents - told);
    Ok(written)
}
