//! What a site puts around an article.

use super::newsroom::Newsroom;
use super::random::Random;
use super::vocabulary::capitalized;

/// The lines that are the same on every page of a site.
pub(super) struct Site {
    pub(super) above: [String; 2],
    pub(super) below: [String; 5],
}

impl Site {
    /// Line of `below` that tells whose the rights are.
    pub(super) const RIGHTS: usize = 3;

    pub(super) fn new(newsroom: &Newsroom, random: &mut Random) -> Self {
        let name = capitalized(newsroom.words().any(random));
        let mut headline = || newsroom.new_sentence(random);
        Self {
            above: [
                format!("{name} News | Home | World | Business | Sport | Weather | Sign in to {name}"),
                format!("By our {name} staff and agencies - share this story with your friends"),
            ],
            below: [
                format!("More from {name}: {}", headline()),
                format!("Most read today: {}", headline()),
                format!("You may also like: {}", headline()),
                format!("(c) {name} Media. All rights reserved; this page may not be printed, sent on or sold without our consent."),
                format!("Get the {name} morning letter, free, in your inbox. {}", headline()),
            ],
        }
    }
}
