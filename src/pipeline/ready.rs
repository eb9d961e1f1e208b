//! Documents one at a time, against statistics that were frozen before: for collections that are kept and grow.

use super::{Prepared, prepare, side};
use crate::config::Config;
use crate::document::Document;
use crate::error::Result;
use crate::extract::as_found;
use crate::facts::{Facts, marked_words};
use crate::keys::{Profile, Statistics, TermVector, keys_of_quotes, lead_terms};
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
}

/// What a document is found by beside its words, read without all that a comparison asks for: a fifth of the time.
#[derive(Clone, Debug, Default)]
pub struct Clues {
    /// Agencies that its text names as its source, strongest first, each once.
    pub agencies: Vec<String>,
    /// Keys of what stands in quotation marks.
    pub quotes: Vec<u64>,
    /// The stems of the weightiest terms of title and lead, weightiest first.
    pub lead: Vec<u64>,
    /// What it is about.
    pub terms: TermVector,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// [`crate::error::Error::Setting`] when a setting is out of range.
    pub fn new(statistics: &'a Statistics, config: &'a Config) -> Result<Self> {
        config.check()?;
        Ok(Self { statistics, config })
    }

    /// Reads a document. Its language is not asked for.
    #[must_use]
    pub fn read(&self, document: Document) -> Ready {
        let article = as_found(&document);
        Ready(prepare(document, article, self.config))
    }

    /// Reads no more of a document than what it is found by.
    #[must_use]
    pub fn clues(&self, document: &Document) -> Clues {
        let text = &document.text;
        let article = as_found(document);
        let profile = Profile::new(text, document.title.as_deref(), &article, &Facts::default(), self.config.shingle_size);
        let mut clues = Clues { terms: TermVector::new(&profile, self.statistics), ..Clues::default() };
        for credit in &article.credits {
            if !clues.agencies.contains(&credit.agency) {
                clues.agencies.push(credit.agency.clone());
            }
        }
        let quotes = marked_words(text, &article).into_iter().map(|words| words.iter().map(|w| &*w.norm).collect());
        clues.quotes = keys_of_quotes(quotes, self.config.seed);
        clues.lead = lead_terms(&profile, self.statistics).into_iter().map(|t| t.0).collect();
        clues
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
