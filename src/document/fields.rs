//! Names under which records of feeds, crawls and tables carry what a document has, most usual first.

use serde_json::Value;

/// The text.
#[rustfmt::skip]
pub const TEXT: &[&str] = &[
    "text", "body", "content", "article", "maintext", "article_text", "article_body", "articleBody", "full_text", "fulltext", "body_text",
    "content_text", "plain_text", "raw_text", "content_html", "body_html", "raw_html", "html",
];
/// The title.
pub const TITLE: &[&str] = &["title", "headline", "article_title", "heading"];
/// The address.
pub const URL: &[&str] = &["url", "link", "canonical_url", "article_url", "page_url", "uri", "permalink"];
/// The publisher.
pub const PUBLISHER: &[&str] =
    &["publisher", "source", "outlet", "site", "source_domain", "source_name", "domain", "newspaper", "publication"];
/// The day of the page.
#[rustfmt::skip]
pub const DATE: &[&str] = &[
    "page_date", "date", "published", "published_at", "date_publish", "pub_date", "pubDate", "date_published", "publishedAt",
    "publish_date", "published_date", "publication_date", "datePublished", "created_at", "timestamp",
];

/// The text of a value, or the name of an object (`"source": {"name": "..."}`); `None` where there is none or it is blank.
#[must_use]
pub fn text_of(value: &Value) -> Option<&str> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(inner) => inner.get("name")?.as_str()?,
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The day that a value gives: `2025-03-18` with or without a time, `20250318`, the form of mail headers
/// (`Tue, 18 Mar 2025 10:00:00 GMT`), or seconds or milliseconds since 1970.
#[must_use]
pub fn day(value: &Value) -> Option<jiff::civil::Date> {
    match value {
        Value::String(text) => day_of(text.trim()),
        Value::Number(number) => {
            let number = number.as_f64()?;
            let seconds = if number >= 1e11 { number / 1000.0 } else { number };
            // from 1980 to 2100: smaller numbers are counts or years
            let seconds = (3.1e8..4.1e9).contains(&seconds).then_some(seconds as i64)?;
            Some(jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date())
        }
        _ => None,
    }
}

/// The day that a text gives; see [`day`].
#[must_use]
pub fn day_of(text: &str) -> Option<jiff::civil::Date> {
    if let Some(day) = text.get(..10).and_then(|start| start.parse().ok()) {
        return Some(day);
    }
    if let Some(digits) =
        text.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()) && !text[8..].starts_with(|c: char| c.is_ascii_digit()))
    {
        return jiff::civil::Date::strptime("%Y%m%d", digits).ok();
    }
    jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok().map(|moment| moment.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_in_their_usual_forms() {
        let day_of = |v: Value| day(&v).map(|d| d.to_string());
        for value in [
            json!("2025-03-18"),
            json!("2025-03-18T10:00:00Z"),
            json!("20250318"),
            json!("20250318T100000"),
            json!("Tue, 18 Mar 2025 10:00:00 GMT"),
            json!("18 Mar 2025 10:00:00 +0100"),
            json!(1_742_292_000),
            json!(1_742_292_000_000_u64),
        ] {
            assert_eq!(day_of(value.clone()).as_deref(), Some("2025-03-18"), "{value}");
        }
        for value in [json!("yesterday"), json!(2025), json!(null), json!("2025"), json!("2025031812345")] {
            assert_eq!(day_of(value.clone()), None, "{value}");
        }
    }

    #[test]
    fn nested_names_are_found_and_blank_values_are_none() {
        assert_eq!(text_of(&json!("b")), Some("b"));
        assert_eq!(text_of(&json!({"id": null, "name": "The Quay"})), Some("The Quay"));
        for value in [json!(" "), json!(7), json!({"id": 1}), json!(null)] {
            assert_eq!(text_of(&value), None, "{value}");
        }
    }
}
