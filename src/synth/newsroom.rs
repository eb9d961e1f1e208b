//! New stories.

use super::cast::Cast;
use super::grammar::Grammar;
use super::random::Random;
use super::story::Story;
use super::vocabulary::Vocabulary;
use super::weighted::Ranks;

/// Sentences that different stories share, as reports of one agency share their background.
const STOCK: usize = 4_000;
/// Most stock sentences in one story: two stories never share a long passage by accident.
const STOCK_OF_A_STORY: usize = 2;
/// In how many of 100 places for a sentence a stock sentence stands, as long as there are few of them.
const STOCK_PERCENT: usize = 8;
/// Bytes of a story.
const SHORTEST: usize = 1_700;
const LONGEST: usize = 3_300;

/// Writes stories.
pub(super) struct Newsroom {
    grammar: Grammar,
    stock: Vec<String>,
    ranks: Ranks,
}

impl Newsroom {
    pub(super) fn new(random: &mut Random) -> Self {
        let mut newsroom = Self { grammar: Grammar::new(), stock: Vec::new(), ranks: Ranks::new(STOCK) };
        newsroom.stock = (0..STOCK).map(|_| newsroom.new_sentence(random)).collect();
        newsroom
    }

    pub(super) fn words(&self) -> &Vocabulary {
        &self.grammar.words
    }

    /// A sentence of a story of its own.
    pub(super) fn new_sentence(&self, random: &mut Random) -> String {
        let cast = Cast::new(&self.grammar.words, random);
        let mut out = String::new();
        self.grammar.sentence(&cast, random, &mut out);
        out
    }

    /// A story that no other one is like.
    pub(super) fn story(&self, random: &mut Random) -> Story<'static> {
        let target = random.between(SHORTEST, LONGEST);
        let cast = Cast::new(&self.grammar.words, random);
        let mut story = Story::default();
        let mut stock = 0;
        while story.bytes() < target {
            if stock < STOCK_OF_A_STORY && random.percent(STOCK_PERCENT) {
                stock += 1;
                story.push(&self.stock[self.ranks.draw(random)]);
            } else {
                story.add(|text| self.grammar.sentence(&cast, random, text));
            }
        }
        story
    }
}
