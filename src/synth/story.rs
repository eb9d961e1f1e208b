//! A text as its sentences.

use super::random::Random;

/// Sentences, laid end to end, with the lines of a site around them.
#[derive(Clone, Debug, Default)]
pub(super) struct Story<'a> {
    text: String,
    ends: Vec<usize>,
    /// Lines of the page that stand above and below; each is a paragraph.
    above: &'a [String],
    below: &'a [String],
}

impl<'a> Story<'a> {
    /// Sentences that are there.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all sentences.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Words of all sentences.
    pub(super) fn words(&self) -> usize {
        self.sentences().map(words).sum()
    }

    pub(super) fn sentence(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    pub(super) fn sentences(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.sentence(at))
    }

    /// Adds a sentence that `write` appends; one without a word is left out.
    pub(super) fn add(&mut self, write: impl FnOnce(&mut String)) {
        let before = self.text.len();
        write(&mut self.text);
        if self.text.len() > before {
            self.ends.push(self.text.len());
        }
    }

    pub(super) fn push(&mut self, sentence: &str) {
        self.add(|text| text.push_str(sentence));
    }

    /// The same between the lines of a page.
    pub(super) fn on_page(self, above: &'a [String], below: &'a [String]) -> Self {
        Self { above, below, ..self }
    }

    /// The sentences of this one up to `at`, then those of `inside`, then the rest.
    pub(super) fn around<'s>(&self, at: usize, inside: impl Iterator<Item = &'s str>) -> Story<'a> {
        let mut out = Story { above: self.above, below: self.below, ..Story::default() };
        (0..at).for_each(|i| out.push(self.sentence(i)));
        inside.for_each(|s| out.push(s));
        (at..self.len()).for_each(|i| out.push(self.sentence(i)));
        out
    }

    /// The text, in paragraphs of one to three sentences.
    pub(super) fn paragraphs(&self, random: &mut Random) -> String {
        let mut out = String::with_capacity(self.text.len() + self.len() + 600);
        for line in self.above {
            out.push_str(line);
            out.push('\n');
        }
        let mut left = 0;
        for (at, sentence) in self.sentences().enumerate() {
            if left == 0 {
                left = random.between(1, 3);
                out.push_str(if at == 0 { "" } else { "\n" });
            } else {
                out.push(' ');
            }
            left -= 1;
            out.push_str(sentence);
        }
        for line in self.below {
            out.push('\n');
            out.push_str(line);
        }
        out
    }
}

/// Words of a sentence: what stands between spaces.
pub(super) fn words(sentence: &str) -> usize {
    1 + sentence.bytes().filter(|&b| b == b' ').count()
}
