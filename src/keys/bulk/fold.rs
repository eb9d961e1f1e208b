//! One character to what words are compared by.

use crate::text::is_apostrophe;
use unicode_normalization::char::decompose_compatible;

/// What a character does to the word that is being read.
pub(super) enum Step {
    /// It goes on with this letter or digit.
    Letter(char),
    /// It ends.
    Gap,
    /// It ends, and this character is a word of its own (scripts without spaces).
    Alone(char),
}

/// Hands `each` the steps of `c`: compatibility decomposition, no accents, the lower case of the upper case (so that
/// `ß` is `SS` and a final sigma any sigma). Soft hyphens, zero-width characters and accents make no step.
pub(super) fn fold(c: char, mut each: impl FnMut(Step)) {
    if c.is_ascii() {
        return each(if c.is_ascii_alphanumeric() { Step::Letter(c.to_ascii_lowercase()) } else { Step::Gap });
    }
    decompose_compatible(c, |part| {
        for letter in part.to_uppercase().flat_map(char::to_lowercase) {
            if is_ignored(letter) {
                continue;
            }
            each(if is_apostrophe(letter) || !letter.is_alphanumeric() {
                Step::Gap
            } else if is_unspaced(letter) {
                Step::Alone(letter)
            } else {
                Step::Letter(letter)
            });
        }
    });
}

/// Soft hyphen, zero-width and directional marks, combining accents.
const fn is_ignored(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{0300}'..='\u{036F}')
}

/// Scripts written without spaces between words: Thai, Lao, Kana, Han.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}
