//! Clusters of documents, each made from a seed and its number.

use super::edit::{Desk, Edit, draw};
use super::news::{Pair, Press};
use super::newsroom::Newsroom;
use super::random::Random;
use super::site::Site;
use serde::Serialize;

/// Sites whose lines stand around copies.
const SITES: usize = 400;
/// Most copies of a story.
const COPIES: usize = 12;

/// Which set is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Stories and copies of them that went through one edit each.
    #[default]
    Copies,
    /// Reports of agencies, rewrites of many kinds, and pages that look alike but are not derived.
    News,
    /// Pages made from pages made from pages, with slips that are passed on; `src` is the page that each was made from.
    Chains,
}

/// A document with the truth about it: one line of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labelled {
    /// Number of the cluster and place in it: `0000017-02`.
    pub id: String,
    /// Paragraphs, one a line.
    pub text: String,
    /// Its headline; this and what is optional below stand in news-like corpora only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The day that it speaks from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Documents of one cluster derive from one base. A page that derives from none of them is a cluster of its own, with a
    /// negative number; so is one that derives from two.
    pub cluster: i64,
    /// Reports of one event have the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// How it was made.
    pub edit: Edit,
    /// Id of the base, in a chain of the page that it was made from; of a hard negative, of the story whose background it shares.
    pub src: Option<String>,
    /// Id of the second source, where there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// What it is to `src`: a label of [`Relation`](crate::verify::Relation).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<&'static str>,
}

impl Labelled {
    /// A document of a corpus of copies.
    fn copy(id: String, text: String, cluster: i64, edit: Edit, src: Option<String>) -> Self {
        Self { id, text, title: None, date: None, publisher: None, cluster, event: None, edit, src, second: None, relation: None }
    }
}

/// A corpus without end, from which any cluster can be taken.
///
/// ```
/// use wirecopy::synth::{Corpus, Kind};
///
/// let corpus = Corpus::new(Kind::Copies, 1);
/// let first = corpus.cluster(0);
/// assert_eq!(first, Corpus::new(Kind::Copies, 1).cluster(0));
/// assert!(first[0].text.len() > 1_500 && first[0].src.is_none());
/// ```
pub struct Corpus {
    kind: Kind,
    seed: u64,
    newsroom: Newsroom,
    sites: Vec<Site>,
    press: Press,
}

impl Corpus {
    /// The corpus of a seed.
    #[must_use]
    pub fn new(kind: Kind, seed: u64) -> Self {
        // No cluster has this number.
        let mut random = Random::new(seed, u64::MAX);
        let newsroom = Newsroom::new(&mut random);
        let sites = (0..SITES).map(|_| Site::new(&newsroom, &mut random)).collect();
        Self { kind, seed, newsroom, sites, press: Press::new(seed) }
    }

    /// The documents of one cluster, its base first; they depend on the seed and on `number` only.
    ///
    /// In a corpus of copies, of 100 clusters 45 are a story with copies of it (at least one; each further one with a chance of 60 in 100,
    /// up to 12); of the others, one in ten has a hard negative beside it.
    #[must_use]
    pub fn cluster(&self, number: u32) -> Vec<Labelled> {
        match self.kind {
            Kind::Copies => self.copies(number),
            Kind::News => self.press.pages(number, self.newsroom.words()),
            Kind::Chains => self.press.chain(number, self.newsroom.words()),
        }
    }

    /// Labelled pairs among `pages`, the first pages of a cluster, and with the base of the cluster before: as many derived as
    /// not derived. Corpora of copies and of chains have none.
    #[must_use]
    pub fn pairs(&self, number: u32, pages: &[Labelled]) -> Vec<Pair> {
        match self.kind {
            Kind::Copies | Kind::Chains => Vec::new(),
            Kind::News => self.press.pairs(number, pages, self.newsroom.words()),
        }
    }

    fn copies(&self, number: u32) -> Vec<Labelled> {
        let random = &mut Random::new(self.seed, u64::from(number));
        let desk = Desk { newsroom: &self.newsroom, sites: &self.sites };
        let base = self.newsroom.story(random);
        let id = |place: usize| format!("{number:07}-{place:02}");
        let source = id(0);
        let mut out = vec![Labelled::copy(source.clone(), base.paragraphs(random), i64::from(number), Edit::Base, None)];
        let mut edits = Vec::new();
        if random.percent(45) {
            edits.push(draw(random));
            while edits.len() < COPIES && random.percent(60) {
                edits.push(draw(random));
            }
        } else if random.percent(10) {
            edits.push(Edit::HardNegative);
        }
        for (place, edit) in (1..).zip(edits) {
            let own = edit == Edit::HardNegative;
            out.push(Labelled::copy(
                id(place),
                desk.copy(edit, &base, random).paragraphs(random),
                if own { -i64::from(number) - 1 } else { i64::from(number) },
                edit,
                Some(source.clone()),
            ));
        }
        out
    }
}
