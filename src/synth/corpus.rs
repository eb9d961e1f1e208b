//! Clusters of documents, each made from a seed and its number.

use super::edit::{Desk, Edit, draw};
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
}

/// A document with the truth about it: one line of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labelled {
    /// Number of the cluster and place in it: `0000017-02`.
    pub id: String,
    /// Paragraphs, one a line.
    pub text: String,
    /// Documents of one cluster derive from one base. A hard negative is a cluster of its own, with a negative number.
    pub cluster: i64,
    /// How it was made.
    pub edit: Edit,
    /// Id of the base; of a hard negative, of the story whose background it shares.
    pub src: Option<String>,
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
}

impl Corpus {
    /// The corpus of a seed.
    #[must_use]
    pub fn new(kind: Kind, seed: u64) -> Self {
        // No cluster has this number.
        let mut random = Random::new(seed, u64::MAX);
        let newsroom = Newsroom::new(&mut random);
        let sites = (0..SITES).map(|_| Site::new(&newsroom, &mut random)).collect();
        Self { kind, seed, newsroom, sites }
    }

    /// The documents of one cluster, its base first; they depend on the seed and on `number` only.
    ///
    /// Of 100 clusters 45 are a story with copies of it (at least one; each further one with a chance of 60 in 100,
    /// up to 12); of the others, one in ten has a hard negative beside it.
    #[must_use]
    pub fn cluster(&self, number: u32) -> Vec<Labelled> {
        match self.kind {
            Kind::Copies => self.copies(number),
        }
    }

    fn copies(&self, number: u32) -> Vec<Labelled> {
        let random = &mut Random::new(self.seed, u64::from(number));
        let desk = Desk { newsroom: &self.newsroom, sites: &self.sites };
        let base = self.newsroom.story(random);
        let id = |place: usize| format!("{number:07}-{place:02}");
        let source = id(0);
        let mut out =
            vec![Labelled { id: source.clone(), text: base.paragraphs(random), cluster: i64::from(number), edit: Edit::Base, src: None }];
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
            out.push(Labelled {
                id: id(place),
                text: desk.copy(edit, &base, random).paragraphs(random),
                cluster: if own { -i64::from(number) - 1 } else { i64::from(number) },
                edit,
                src: Some(source.clone()),
            });
        }
        out
    }
}
