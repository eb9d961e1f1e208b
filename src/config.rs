//! Every setting that can change a result.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// Every setting that can change a result, and nothing else: threads, memory and formats are not here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Words in a shingle (1 to 16).
    pub shingle_size: usize,
    /// Values in a signature (16 to 1024).
    pub num_perm: usize,
    /// LSH bands; `bands * rows` must not exceed `num_perm`.
    pub bands: usize,
    /// Rows in an LSH band.
    pub rows: usize,
    /// Words in an informative n-gram.
    pub gram_size: usize,
    /// Gram keys that make a pair a candidate.
    pub min_shared_grams: usize,
    /// Lead terms kept for each document.
    pub lead_terms: usize,
    /// Lead terms that make a pair a candidate.
    pub min_shared_lead: usize,
    /// A gram in more documents than `max(max_df_floor, max_df_share * documents)` is no evidence.
    pub max_df_floor: usize,
    /// See `max_df_floor`.
    pub max_df_share: f64,
    /// Collections of at most so many documents are compared all against all.
    pub all_pairs_below: usize,
    /// Neighbours that each document of a hot bucket is linked to.
    pub hot_window: usize,
    /// Shortest passage in words.
    pub min_passage: usize,
    /// Bodies with fewer words are flagged `too_short`.
    pub min_words: usize,
    /// Longer documents are skipped and told, in bytes: no article is that long, and reading one takes seconds.
    pub max_document_bytes: usize,
    /// Exact Jaccard similarity of the shingle sets from which a corpus run collapses two documents (above 0, at most 1).
    pub threshold: f64,
    /// A cluster of a corpus run with more different texts is told as a giant.
    pub giant_documents: usize,
    /// When given, giants are formed again with this threshold, which must be above `threshold`.
    pub giant_threshold: Option<f64>,
    /// Which document of several a corpus run keeps.
    pub keep: Keep,
    /// Whether a corpus run looks for rewrites, truncations and excerpts beyond near-duplicates. It then removes a document only when
    /// its text stands in a kept one.
    pub derivatives: bool,
    /// One gram in so many is a key of a corpus run that looks for derivatives (1 to 64).
    pub gram_sample: usize,
    /// Neighbours that each document of a hot gram is linked to: fewer than for a band, since derivatives share many grams.
    pub gram_window: usize,
    /// A corpus run never collapses documents with fewer words, nor those that are plainly no articles (see
    /// [`is_non_article`](crate::extract::is_non_article)); at least 1.
    pub min_collapse_words: usize,
    /// Field of a record that holds its id; `id` when not given.
    pub id_field: Option<String>,
    /// Field of a record that holds its text; when not given, the first of `text`, `body`, `content`, `article`, `maintext`.
    pub text_field: Option<String>,
    /// Field of a record that holds its date, for [`Keep::Earliest`].
    pub date_field: Option<String>,
    /// Field of a record that holds its title; when not given, one of [`fields::TITLE`](crate::document::fields::TITLE), and so on.
    pub title_field: Option<String>,
    /// Field of a record that holds its address.
    pub url_field: Option<String>,
    /// Field of a record that holds its publisher.
    pub publisher_field: Option<String>,
    /// Seed of all hashes.
    pub seed: u64,
}

/// Which document of several stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// The first of the input.
    #[default]
    First,
    /// The one with the most words; of equals the first.
    Longest,
    /// The one with the earliest date; documents without a date come last, of equals the first.
    Earliest,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            shingle_size: 3,
            num_perm: 128,
            bands: 42,
            rows: 3,
            gram_size: 5,
            min_shared_grams: 3,
            lead_terms: 12,
            min_shared_lead: 5,
            max_df_floor: 20,
            max_df_share: 0.01,
            all_pairs_below: 64,
            hot_window: 16,
            min_passage: 3,
            min_words: 80,
            max_document_bytes: 2 << 20,
            threshold: 0.5,
            giant_documents: 1000,
            giant_threshold: None,
            keep: Keep::First,
            derivatives: false,
            gram_sample: 6,
            gram_window: 4,
            min_collapse_words: 5,
            id_field: None,
            text_field: None,
            date_field: None,
            title_field: None,
            url_field: None,
            publisher_field: None,
            seed: 0x5749_5245,
        }
    }
}

impl Config {
    /// The settings of a corpus run over news: derivatives of all kinds.
    #[must_use]
    pub fn news_corpus() -> Self {
        // A passage of 80 words, the shortest excerpt, has 76 grams, of which the sample takes 13 on average; a stock sentence of 20 words 3.
        Self { derivatives: true, min_shared_grams: 6, max_df_share: 0.001, ..Self::default() }
    }

    /// Checks every setting against its range.
    ///
    /// # Errors
    /// [`Error::Setting`] names the first setting that is out of range, and the range.
    pub fn check(&self) -> Result<()> {
        let within = |setting, value: usize, low: usize, high: usize| {
            if (low..=high).contains(&value) {
                return Ok(());
            }
            Err(Error::Setting { setting, reason: format!("{value} is outside {low} to {high}") })
        };
        within("shingle_size", self.shingle_size, 1, 16)?;
        within("num_perm", self.num_perm, 16, 1024)?;
        within("bands", self.bands, 1, self.num_perm)?;
        within("rows", self.rows, 1, self.num_perm / self.bands)?;
        within("gram_size", self.gram_size, 2, 16)?;
        within("min_shared_grams", self.min_shared_grams, 1, 100)?;
        within("lead_terms", self.lead_terms, 1, 100)?;
        within("min_shared_lead", self.min_shared_lead, 1, self.lead_terms)?;
        within("hot_window", self.hot_window, 1, 1 << 16)?;
        within("min_passage", self.min_passage, 2, 100)?;
        within("max_document_bytes", self.max_document_bytes, 1, 1 << 30)?;
        within("gram_window", self.gram_window, 1, 1 << 16)?;
        within("gram_sample", self.gram_sample, 1, 64)?;
        within("min_collapse_words", self.min_collapse_words, 1, 1 << 20)?;
        if !(self.threshold > 0.0 && self.threshold <= 1.0) {
            return Err(Error::Setting { setting: "threshold", reason: format!("{} is not above 0 and at most 1", self.threshold) });
        }
        within("giant_documents", self.giant_documents, 2, 1 << 31)?;
        if let Some(stricter) = self.giant_threshold.filter(|t| !(*t > self.threshold && *t <= 1.0)) {
            let reason = format!("{stricter} is not above the threshold of {} and at most 1", self.threshold);
            return Err(Error::Setting { setting: "giant_threshold", reason });
        }
        if self.keep == Keep::Earliest && self.date_field.is_none() {
            return Err(Error::Setting {
                setting: "keep",
                reason: "earliest needs to know the date field; name it with --date-field".into(),
            });
        }
        if !(0.0..=1.0).contains(&self.max_df_share) {
            return Err(Error::Setting { setting: "max_df_share", reason: format!("{} is outside 0 to 1", self.max_df_share) });
        }
        Ok(())
    }

    /// Hash of all settings, 16 hexadecimal digits. Results made under different fingerprints do not compare.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&json))
    }
}
