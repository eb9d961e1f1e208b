//! One round over feeds: what they have that was not seen before.

use super::client::{Answer, Client, Fault, Fetched, Validators};
use super::robots::Robots;
use crate::config::Config;
use crate::document::{DateOrigin, Document, normal_url};
use crate::error::Result;
use crate::index::Seen;
use crate::io::{page_document, read_feed};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// An entry with fewer words is a teaser: its page is fetched.
const WHOLE: usize = 120;
/// How often a page is tried before its teaser is taken.
const TRIES: u32 = 3;

/// What happens in a round.
#[derive(Debug)]
pub enum Event<'a> {
    /// A feed has not changed since the last round.
    Unchanged(&'a str),
    /// A feed was read: its entries, and how many of them were new or changed.
    Read {
        /// Its address.
        feed: &'a str,
        /// Entries that it has.
        entries: usize,
        /// Articles and versions that were kept.
        kept: usize,
    },
    /// Something could not be fetched or read.
    Problem {
        /// Its address.
        url: &'a str,
        /// Why, and what follows from it.
        message: String,
    },
}

/// A round over feeds.
pub struct Poll<'a> {
    client: &'a Client<'a>,
    seen: &'a mut Seen,
    config: &'a Config,
    robots: Robots,
}

impl<'a> Poll<'a> {
    /// A round with a client; what is new goes to `seen`.
    #[must_use]
    pub fn new(client: &'a Client<'a>, seen: &'a mut Seen, config: &'a Config) -> Self {
        Self { client, seen, config, robots: Robots::default() }
    }

    /// Reads one feed, and the pages of those of its new entries that are teasers.
    ///
    /// # Errors
    /// [`crate::error::Error::Store`]; what goes wrong with the feed is an event.
    pub fn feed(&mut self, feed: &str, tell: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        let (moved, etag, last_modified) = self.seen.feed(feed)?;
        let at = moved.as_deref().unwrap_or(feed);
        let fetched = match self.client.get(at, &Validators { etag, last_modified }, None) {
            Ok(Answer::Fresh(fetched)) => fetched,
            Ok(Answer::Unchanged) => {
                tell(Event::Unchanged(feed));
                return Ok(());
            }
            Err(fault) => {
                tell(Event::Problem { url: feed, message: format!("{fault}; tried again in the next round") });
                return Ok(());
            }
        };
        let reading = read_feed(at, &fetched.body, self.config);
        for problem in &reading.problems {
            let entry = problem.line.map_or_else(String::new, |n| format!("entry {n} "));
            tell(Event::Problem { url: feed, message: format!("{entry}{}", problem.message) });
        }
        let (mut kept, mut whole) = (0, true);
        let entries = reading.documents.len();
        for entry in reading.documents {
            match self.entry(feed, entry, tell)? {
                Outcome::Kept => kept += 1,
                Outcome::Known => {}
                Outcome::Later => whole = false,
            }
        }
        // what is to be tried again must come again
        let Fetched { moved_to, validators, .. } = *fetched;
        let validators = if whole { validators } else { Validators::default() };
        self.seen.keep_feed(feed, moved_to.as_deref(), validators.etag.as_deref(), validators.last_modified.as_deref())?;
        tell(Event::Read { feed, entries, kept });
        Ok(())
    }

    fn entry(&mut self, feed: &str, entry: Document, tell: &mut dyn FnMut(Event<'_>)) -> Result<Outcome> {
        let key = entry.url.as_deref().and_then(normal_url).unwrap_or_else(|| entry.id.clone());
        let hash =
            [entry.title.as_deref().unwrap_or_default(), &entry.text].iter().fold(0, |seed, t| xxh3_64_with_seed(t.as_bytes(), seed));
        let known = self.seen.known(&key)?;
        if known.as_ref().is_some_and(|k| k.entry == hash) {
            return Ok(Outcome::Known);
        }
        let teaser = entry.text.split_whitespace().take(WHOLE).count() < WHOLE;
        let document = match entry.url.clone().filter(|_| teaser) {
            Some(url) => match self.page(&url, &entry) {
                Ok(page) => page,
                Err(fault) => {
                    let final_answer = matches!(fault, Fault::Refused(_) | Fault::Status(401..=403 | 404 | 410 | 451));
                    if !final_answer && self.seen.failed_again(&key, hash)? < TRIES {
                        tell(Event::Problem { url: &url, message: format!("{fault}; tried again in the next round") });
                        return Ok(Outcome::Later);
                    }
                    tell(Event::Problem { url: &url, message: format!("{fault}; only the text of its feed was kept") });
                    entry
                }
            },
            None => entry,
        };
        if known.is_some_and(|k| k.text == document.text) {
            self.seen.keep_entry(&key, hash)?;
            return Ok(Outcome::Known);
        }
        self.seen.keep(&key, hash, feed, &document)?;
        Ok(Outcome::Kept)
    }

    /// The article of a page, with what its feed says of it where the page is silent.
    fn page(&mut self, url: &str, entry: &Document) -> std::result::Result<Document, Fault> {
        let pause = self.robots.ask(self.client, url)?;
        let Answer::Fresh(fetched) = self.client.get(url, &Validators::default(), pause)? else {
            return Err(Fault::Failed("answered a question that was not asked".to_owned()));
        };
        let page = page_document(&fetched.url, &fetched.content_type, &fetched.body, self.config).map_err(Fault::Failed)?;
        let mut stated = page.stated;
        if let Some(stated) = stated.as_mut().filter(|_| entry.page_date.is_some()) {
            stated.date_origin = Some(DateOrigin::Record);
        }
        Ok(Document {
            id: entry.id.clone(),
            path: None,
            text: page.text,
            title: entry.title.clone().or(page.title),
            url: entry.url.clone(),
            publisher: page.publisher.or_else(|| entry.publisher.clone()),
            page_date: entry.page_date.or(page.page_date),
            stated,
        })
    }
}

enum Outcome {
    Kept,
    Known,
    /// To be tried again.
    Later,
}
