//! The fields of a record to a document.

use super::markup::is_html;
use super::records::Fields;
use crate::config::Config;
#[cfg(feature = "html")]
use crate::document::Stamped;
use crate::document::fields::{DATE, PUBLISHER, TEXT, TITLE, URL, day, text_of};
use crate::document::{DateOrigin, Document, Stamp, Stated};
#[cfg(feature = "html")]
use crate::page::read_page;
use serde_json::Value;
use std::collections::BTreeSet;

/// Names whose values are always HTML.
const ALWAYS_HTML: &[&str] = &["html", "raw_html", "content_html", "body_html"];

/// Captions of a page that are kept, and bytes of one.
#[cfg(feature = "html")]
const CAPTIONS: usize = 50;
#[cfg(feature = "html")]
const LONGEST_CAPTION: usize = 2_000;

/// One part of a document, and where records have it.
struct Part {
    /// What the user calls it.
    part: &'static str,
    /// The name that was asked for.
    asked: Option<String>,
    names: &'static [&'static str],
    /// Names that were used although they were not asked for and are not the usual one.
    guessed: BTreeSet<String>,
}

impl Part {
    fn new(part: &'static str, asked: Option<&String>, names: &'static [&'static str]) -> Self {
        Self { part, asked: asked.cloned(), names, guessed: BTreeSet::new() }
    }

    /// The value, and the name that it has.
    fn find<'a>(&mut self, fields: &'a Fields) -> Option<(String, &'a Value)> {
        let filled = |v: &&Value| !matches!(v, Value::Null) && v.as_str().is_none_or(|s| !s.trim().is_empty());
        if let Some(name) = &self.asked {
            return fields.get(name).filter(filled).map(|value| (name.clone(), value));
        }
        let usable = |v: &&Value| filled(v) && matches!(v, Value::String(_) | Value::Number(_) | Value::Object(_));
        let exact = self.names.iter().find_map(|name| Some((*name, fields.get(*name).filter(usable)?)));
        let found = exact.map(|(name, value)| (name.to_owned(), value)).or_else(|| {
            // columns of tables are often written with capitals
            let alike = |name: &&str| fields.iter().find(|(n, v)| n.eq_ignore_ascii_case(name) && usable(v));
            self.names.iter().find_map(alike).map(|(name, value)| (name.clone(), value))
        })?;
        if self.names.first().is_none_or(|usual| *usual != found.0) && self.guessed.len() < 20 {
            self.guessed.insert(found.0.clone());
        }
        Some(found)
    }

    fn text<'a>(&mut self, fields: &'a Fields) -> Option<&'a str> {
        text_of(self.find(fields)?.1)
    }
}

/// Under which names records have the parts of a document.
pub(super) struct Mapping {
    id: Part,
    text: Part,
    title: Part,
    url: Part,
    publisher: Part,
    date: Part,
}

impl Mapping {
    /// The names that `config` asks for, else the usual ones.
    pub(super) fn new(config: &Config) -> Self {
        Self {
            id: Part::new("id", config.id_field.as_ref(), &["id"]),
            text: Part::new("text", config.text_field.as_ref(), TEXT),
            title: Part::new("title", config.title_field.as_ref(), TITLE),
            url: Part::new("url", config.url_field.as_ref(), URL),
            publisher: Part::new("publisher", config.publisher_field.as_ref(), PUBLISHER),
            date: Part::new("date", config.date_field.as_ref(), DATE),
        }
    }

    /// The document of a record of the file `path`; `id` is its id if the record has none.
    ///
    /// # Errors
    /// Why it gives none.
    pub(super) fn document(&mut self, fields: &Fields, path: &str, id: &str) -> Result<Document, String> {
        let Some((name, value)) = self.text.find(fields) else { return Err(self.no_text(fields)) };
        let Value::String(body) = value else { return Err(format!("its field {name} is no text; skipped")) };
        let html = ALWAYS_HTML.contains(&name.as_str()) || is_html(body);
        let url = self.url.text(fields).map(str::to_owned);
        let page = if html { article(body, url.as_deref())? } else { Found { text: body.clone(), ..Found::default() } };
        if page.text.trim().is_empty() {
            return Err("its text is empty; skipped".to_owned());
        }
        let id = match self.id.find(fields) {
            Some((_, Value::String(id))) if !id.is_empty() => id.clone(),
            Some((_, Value::Number(id))) => id.to_string(),
            _ => id.to_owned(),
        };
        let date = self.date.find(fields).and_then(|(_, value)| day(value));
        let mut stated = page.stated;
        if let Some(stated) = &mut stated {
            stated.date_origin = date.map(|_| DateOrigin::Record).or(page.date.map(|d| d.origin));
        }
        Ok(Document {
            id,
            path: Some(path.to_owned()),
            text: page.text,
            title: self.title.text(fields).map(str::to_owned).or(page.title),
            url: url.or(page.url),
            publisher: self.publisher.text(fields).map(str::to_owned).or(page.publisher),
            page_date: date.or(page.date.map(|d| d.date)),
            stated,
        })
    }

    /// Whether the text of a record is HTML.
    pub(super) fn is_page(&mut self, fields: &Fields) -> bool {
        self.text.find(fields).is_some_and(|(name, value)| ALWAYS_HTML.contains(&name.as_str()) || value.as_str().is_some_and(is_html))
    }

    /// The names under which the text may be, and those of the other parts.
    #[cfg(feature = "parquet")]
    pub(super) fn names(&self) -> (Vec<String>, Vec<String>) {
        let of = |p: &Part| p.asked.clone().map_or_else(|| p.names.iter().map(ToString::to_string).collect(), |name| vec![name]);
        let others = [&self.id, &self.title, &self.url, &self.publisher, &self.date];
        (of(&self.text), others.into_iter().flat_map(of).collect())
    }

    fn no_text(&self, fields: &Fields) -> String {
        let blank = |name: &str| fields.get(name).and_then(Value::as_str).is_some_and(|v| v.trim().is_empty());
        if self.text.asked.as_deref().map_or_else(|| self.text.names.iter().any(|n| blank(n)), blank) {
            return "its text is empty; skipped".to_owned();
        }
        let looked: Vec<&str> =
            self.text.asked.as_deref().map_or_else(|| self.text.names.iter().take(5).copied().collect(), |name| vec![name]);
        let more = if self.text.asked.is_none() { ", ..." } else { "" };
        let has: Vec<&str> = fields.keys().take(12).map(String::as_str).collect();
        let has = if has.is_empty() { "no field".to_owned() } else { has.join(", ") };
        format!("has no text (looked for the fields {}{more}; it has {has}; name the field with --text-field); skipped", looked.join(", "))
    }

    /// Which names were guessed, for the user to check; told once.
    pub(super) fn guesses(&mut self) -> Option<String> {
        let parts = [&mut self.text, &mut self.title, &mut self.url, &mut self.publisher, &mut self.date];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|p| !p.guessed.is_empty())
            .map(|p| format!("{} from {}", p.part, std::mem::take(&mut p.guessed).into_iter().collect::<Vec<_>>().join(" or ")))
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// What a page holds.
#[derive(Default)]
struct Found {
    text: String,
    title: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    date: Option<Stamp>,
    stated: Option<Box<Stated>>,
}

/// The article of a page.
#[cfg(feature = "html")]
fn article(html: &str, url: Option<&str>) -> Result<Found, String> {
    let page = read_page(html, url);
    if page.article().trim().is_empty() {
        return Err("no article was found on the page; skipped".to_owned());
    }
    // a page that was changed is still of the day on which it was published
    let date = page.dates.iter().find(|d| d.what == Stamped::Published).or(page.dates.first()).copied();
    let mut captions = page.captions;
    captions.truncate(CAPTIONS);
    captions.retain(|c| c.len() <= LONGEST_CAPTION);
    let stated =
        Stated { date_origin: None, dates: page.dates, language: page.language, byline: page.byline, credits: page.credits, captions };
    Ok(Found {
        text: page.text,
        title: page.title,
        publisher: page.publisher,
        url: page.canonical_url,
        date,
        stated: Some(Box::new(stated)),
    })
}

/// The article of a page.
#[cfg(not(feature = "html"))]
fn article(_: &str, _: Option<&str>) -> Result<Found, String> {
    Err("is HTML, and this program was built without it (feature html); skipped".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(fields: &Value, config: &Config) -> (Result<Document, String>, Option<String>) {
        let mut mapping = Mapping::new(config);
        let document = mapping.document(fields.as_object().unwrap(), "feed.json", "feed.json:1");
        let told = mapping.guesses();
        (document, told)
    }

    #[test]
    fn unusual_names_are_guessed_and_told() {
        let record = json!({"Headline": "Pier burns", "Body": "The pier burned.", "publishedAt": "2025-03-18T10:00:00Z", "source": {"name": "Quay"}});
        let (document, told) = read(&record, &Config::default());
        let document = document.unwrap();
        assert_eq!(
            (document.text.as_str(), document.title.as_deref(), document.publisher.as_deref()),
            ("The pier burned.", Some("Pier burns"), Some("Quay"))
        );
        assert_eq!(document.page_date.map(|d| d.to_string()).as_deref(), Some("2025-03-18"));
        assert_eq!(told.as_deref(), Some("text from Body, title from Headline, publisher from source, date from publishedAt"));
    }

    #[test]
    fn names_that_were_asked_for_are_the_only_ones() {
        let config = Config { text_field: Some("lead".into()), ..Config::default() };
        assert_eq!(read(&json!({"text": "x", "lead": "The pier burned."}), &config).0.unwrap().text, "The pier burned.");
        let told = read(&json!({"text": "x"}), &config).0.unwrap_err();
        assert!(told.contains("looked for the fields lead; it has text"), "{told}");
    }

    #[test]
    fn blank_values_are_passed_over() {
        let record = json!({"text": " ", "body": "b", "source": {"id": null, "name": "The Quay"}});
        let document = read(&record, &Config::default()).0.unwrap();
        assert_eq!((document.text.as_str(), document.publisher.as_deref()), ("b", Some("The Quay")));
    }
}
