//! Documents one at a time, against statistics that were frozen before: for collections that are kept and grow.

use super::{Prepared, prepare, side};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::extract::extract;
use crate::keys::{Statistics, TermVector, lead_terms, quote_keys};
use crate::verify::{Comparable, Match, verify};

/// Reads and compares documents under frozen statistics: what two documents are does not depend on any third.
#[derive(Debug)]
pub struct Reader<'a> {
    statistics: &'a Statistics,
    config: &'a Config,
}

/// A document with all that is asked of it.
pub struct Ready(Prepared);

impl Ready {
    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.0.document
    }

    /// Agencies that its text names as its source, strongest first, each once.
    #[must_use]
    pub fn agencies(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for credit in &self.0.article.credits {
            if !out.contains(&credit.agency.as_str()) {
                out.push(&credit.agency);
            }
        }
        out
    }

    /// Words of its body.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.0.profile.tokens.len() as u32
    }

    /// Words `[start, end)` of a sentence of its body; none where there is no such sentence.
    #[must_use]
    pub fn sentence(&self, index: usize) -> (u32, u32) {
        self.0.profile.sentences.get(index).map_or((0, 0), |r| (r.start as u32, r.end as u32))
    }

    /// Keys of its quotations.
    #[must_use]
    pub fn quote_keys(&self, seed: u64) -> Vec<u64> {
        quote_keys(&self.0.facts, seed)
    }

    /// The stems of the `most` weightiest terms of title and lead.
    #[must_use]
    pub fn lead_stems(&self, statistics: &Statistics, most: usize) -> Vec<u64> {
        lead_terms(&self.0.profile, statistics).into_iter().take(most).map(|t| t.0).collect()
    }
}

impl<'a> Reader<'a> {
    /// # Errors
    /// [`crate::error::Error::Setting`] when a setting is out of range.
    pub fn new(statistics: &'a Statistics, config: &'a Config) -> Result<Self> {
        config.check()?;
        Ok(Self { statistics, config })
    }

    /// Reads a document.
    #[must_use]
    pub fn read(&self, document: Document) -> Ready {
        let article = extract(&document);
        Ready(prepare(document, article, self.config))
    }

    /// Makes ready what comparing asks for.
    pub fn make_ready(&self, ready: &mut Ready) {
        let p = &mut ready.0;
        p.terms = TermVector::new(&p.profile, self.statistics);
        p.lead = TermVector::of_lead(&p.profile, self.statistics);
        p.ready = Comparable::new(&p.profile, self.statistics, self.config);
    }

    /// Compares two documents that were [made ready](Self::make_ready); consent walls and error pages are nothing to each other.
    #[must_use]
    pub fn compare(&self, a: &Ready, b: &Ready) -> Option<Match> {
        if !a.0.is_article() || !b.0.is_article() {
            return None;
        }
        Some(verify(side(std::slice::from_ref(&a.0), 0), side(std::slice::from_ref(&b.0), 0), self.config))
    }
}
