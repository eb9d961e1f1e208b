//! Text from outside as it may stand on a page.

use crate::terminal;
use std::fmt;

/// One line without control and bidirectional characters. Templates escape it: nothing here is markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Plain(String);

impl Plain {
    /// At most `most` characters, with an ellipsis where something was cut.
    pub(super) fn cut(text: &str, most: usize) -> Self {
        let line = terminal::line(text);
        match line.char_indices().nth(most) {
            Some((end, _)) => Self(line[..end].trim_end().to_owned() + "…"),
            None => Self(line),
        }
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self(terminal::line(text))
    }
}

impl From<&String> for Plain {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Plain {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_text_around_does_not_pass() {
        assert_eq!(Plain::from("a\u{202e}b\u{7}\n c").to_string(), "ab c");
        assert_eq!(Plain::cut("one two three", 8).to_string(), "one two…");
    }
}
