//! Whether two addresses lead to one page.

/// Query fields that tell where a reader came from, not what is shown.
#[rustfmt::skip]
const TRACKING: &[&str] = &[
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid",
    "mc_eid", "_ga", "_gl", "cmpid", "ocid", "ftag", "guccounter", "guce_referrer", "guce_referrer_sig", "xtor", "smid", "spm", "mkt_tok",
    "vero_id", "_hsenc", "_hsmi", "hsctatracking", "wt_mc", "ncid", "soc_src", "soc_trk", "__twitter_impression", "amp",
];

/// The address of a page without what changes from visit to visit: scheme, `www.`, default port, trailing slash, fragment and
/// tracking fields (`utm_*`, `fbclid`, `gclid`, ...); the other fields are sorted, the host is in small letters.
///
/// `None` for what is no web address, and for a site's home page, which shows another story each day.
///
/// ```
/// use wirecopy::document::normal_url;
/// let one = normal_url("https://www.Example.org/news/mill-fire/?utm_source=feed&id=7#top");
/// assert_eq!(one.as_deref(), Some("example.org/news/mill-fire?id=7"));
/// assert_eq!(one, normal_url("http://example.org/news/mill-fire?id=7&fbclid=x"));
/// assert_eq!(normal_url("https://example.org/"), None);
/// ```
#[must_use]
pub fn normal_url(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = |name: &str| url.get(..name.len()).filter(|s| s.eq_ignore_ascii_case(name)).and_then(|_| url.get(name.len()..));
    let rest = scheme("https://").or_else(|| scheme("http://")).or_else(|| scheme("//"))?;
    // `#!` is how some sites write paths.
    let cut = rest.find('#').filter(|&at| !rest[at..].starts_with("#!")).unwrap_or(rest.len());
    let rest = &rest[..cut];
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(host_end);
    let host = host.rsplit('@').next().unwrap_or(host).to_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    let host = host.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let path = path.trim_end_matches('/');
    let mut fields: Vec<&str> = query.split(['&', ';']).filter(|f| !f.is_empty() && !is_tracking(f)).collect();
    fields.sort_unstable();
    if host.is_empty() || path.is_empty() && fields.is_empty() {
        return None;
    }
    let mark = if fields.is_empty() { "" } else { "?" };
    Some(format!("{host}{path}{mark}{}", fields.join("&")))
}

fn is_tracking(field: &str) -> bool {
    let name = field.split('=').next().unwrap_or(field).to_ascii_lowercase();
    name.starts_with("utm_") || name.starts_with("at_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_from_visit_to_visit_is_dropped() {
        let plain = normal_url("https://example.org/a/b");
        assert_eq!(plain.as_deref(), Some("example.org/a/b"));
        for same in [
            "http://example.org/a/b",
            "HTTPS://WWW.EXAMPLE.ORG/a/b/",
            "https://example.org:443/a/b#comments",
            " //example.org/a/b?utm_source=x&utm_medium=y&gclid=1 ",
            "https://user@example.org./a/b?",
        ] {
            assert_eq!(normal_url(same), plain, "{same}");
        }
        for other in
            ["https://example.org/A/b", "https://example.org/a/b?page=2", "https://m.example.org/a/b", "https://example.org/a/b#!/c"]
        {
            assert!(normal_url(other).is_some_and(|u| Some(u) != plain), "{other}");
        }
        assert_eq!(normal_url("https://x.org/?b=2&a=1"), normal_url("http://x.org?a=1&b=2"));
    }

    #[test]
    fn what_is_no_page_has_none() {
        for text in
            ["", "https://", "https:///x", "mailto:ann@example.org", "example", "https://www.example.org", "http://é", "https://é/?utm_a=ü"]
        {
            assert_eq!(normal_url(text), None, "{text}");
        }
        assert!(normal_url("https://é.org/ü?ö").is_some());
    }
}
