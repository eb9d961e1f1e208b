//! Web pages: what is read, and that nothing a page holds does harm.
#![cfg(feature = "html")]
#![expect(clippy::disallowed_methods, reason = "a test tells how long a page took")]

use jiff::civil::Date;
use proptest::prelude::*;
use wirecopy::page::{DateOrigin, Page, Stamped, read_page};

/// An article of a few paragraphs inside of what pages put around it.
fn page(head: &str, inside: &str) -> String {
    let prose = |n: usize| {
        format!(
            "<p>Paragraph {n} of the story says what happened at the harbour, who saw it, and what the authority will do next, \
             in words enough to be prose.</p>"
        )
    };
    format!(
        "<!doctype html><html lang=\"en-GB\"><head><title>Both piers closed after crane falls - The Post</title>{head}</head><body>\
         <nav><ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul></nav><main><article><h1>Both piers closed after crane falls</h1>\
         <div class=entry-content>{}{}{inside}{}{}</div></article></main>\
         <div class=related-posts><h3>Related</h3><p>Another story altogether, with a text of its own that says little.</p></div>\
         <section id=comments><p>I saw it too, and I have an opinion about cranes and about those who run them, always.</p></section>\
         <footer><p>© The Post. We use cookies to make this site better for you and for the people who pay us.</p></footer></body></html>",
        prose(1),
        prose(2),
        prose(3),
        prose(4)
    )
}

fn is_clean(page: &Page) -> bool {
    let texts =
        [Some(page.text.as_str()), page.title.as_deref(), page.publisher.as_deref(), page.byline.as_deref(), page.canonical_url.as_deref()];
    let all = texts.into_iter().flatten().chain(page.captions.iter().map(String::as_str)).chain(page.credits.iter().map(String::as_str));
    let clean = all.into_iter().all(|t| t.chars().all(|c| c == '\n' || !c.is_control()));
    clean && page.text.is_char_boundary(page.body) && page.body <= page.text.len()
}

#[test]
fn the_article_is_found_and_the_furniture_is_gone() {
    let inside = "<figure><img src=x><figcaption>The crane. Photo: Jo Doe / AFP</figcaption></figure>\
        <p><a href=/z>Read more: ferries are late again this week</a></p>\
        <div class=newsletter-signup><p>Get our newsletter every morning, it is free and it is good.</p></div>\
        <script>var text = '<p>Not a word of this is to be read by anybody.</p>';</script>";
    let got = read_page(&page("", inside), None);
    assert_eq!(got.title.as_deref(), Some("Both piers closed after crane falls"));
    let want: Vec<String> = std::iter::once("Both piers closed after crane falls".to_owned())
        .chain((1..=4).map(|n| {
            format!(
                "Paragraph {n} of the story says what happened at the harbour, who saw it, and what the authority will do next, \
                 in words enough to be prose."
            )
        }))
        .collect();
    assert_eq!(got.text, want.join("\n\n"));
    assert!(got.article().starts_with("Paragraph 1"));
    assert_eq!(got.captions, ["The crane. Photo: Jo Doe / AFP"]);
    assert_eq!(got.language.as_deref(), Some("en"));
}

#[test]
fn metadata_is_read_with_its_origin() {
    let head = r#"<link rel=canonical href="/2026/05/03/piers">
        <meta property="og:site_name" content="The Post"><meta property="article:modified_time" content="2026-05-05T10:00:00Z">
        <meta name="dcterms.created" content="2026-05-02"><meta name=copyright content="AFP">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Both piers closed after crane falls",
        "author":[{"@type":"Person","name":"Jo Doe"}],"datePublished":"2026-05-04T08:00:00+02:00"}</script>"#;
    let got = read_page(&page(head, "<time datetime=2026-05-01>1 May</time>"), Some("https://post.example/x?y"));
    assert_eq!(got.publisher.as_deref(), Some("The Post"));
    assert_eq!(got.byline.as_deref(), Some("Jo Doe"));
    assert_eq!(got.canonical_url.as_deref(), Some("https://post.example/2026/05/03/piers"));
    assert_eq!(got.credits, ["AFP"]);
    let dates: Vec<_> = got.dates.iter().map(|s| (s.date.day(), s.origin, s.what)).collect();
    assert_eq!(
        dates,
        [
            (4, DateOrigin::JsonLd, Stamped::Published),
            (5, DateOrigin::OpenGraph, Stamped::Modified),
            (2, DateOrigin::DublinCore, Stamped::Published),
            (1, DateOrigin::TimeElement, Stamped::Published),
            (3, DateOrigin::Url, Stamped::Published),
        ]
    );
    assert_eq!(got.dates[0].date, Date::constant(2026, 5, 4));
}

#[test]
fn a_page_that_scripts_would_write_is_read_from_its_json() {
    let body = "The harbour authority closed both piers on Monday after a crane fell onto a ferry. ".repeat(12);
    let html = format!(
        "<title>Piers</title><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\"}}</script><div id=root></div>"
    );
    assert!(read_page(&html, None).article().starts_with("The harbour authority closed"));
}

#[test]
fn other_schemes_are_no_address() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "&#106;avascript:alert(1)",
        " java\nscript:alert(1)",
    ] {
        let head = format!("<link rel=canonical href=\"{address}\"><meta property=og:url content=\"{address}\"><base href=\"{address}\">");
        assert_eq!(read_page(&page(&head, ""), Some("https://post.example/")).canonical_url, None, "{address}");
        assert_eq!(read_page(&page(&head, ""), Some(address)).canonical_url, None, "{address}");
    }
}

#[test]
fn hostile_pages_are_read_in_bounded_time() {
    let article = page("", "");
    let many = |s: &str, n: usize| s.repeat(n);
    let pages = [
        ("nested", format!("{}{article}", many("<div>", 100_000))),
        ("nested and closed", format!("{}{article}{}", many("<div><b>", 100_000), many("</b></div>", 100_000))),
        ("nested lists and tables", format!("{}{article}", many("<ul><li><table><tr><td>", 30_000))),
        ("misnested", format!("{}{article}", many("<a><b></a><p></b>", 60_000))),
        ("attribute", article.replacen("<main>", &format!("<main class=\"{}\">", many("x ", 5_000_000)), 1)),
        ("attributes", article.replacen("<main>", &format!("<main {}>", many("a=b class=c ", 300_000)), 1)),
        ("nulls", article.replace(' ', "\0 ")),
        ("paragraphs", article.replacen("</article>", &format!("{}</article>", many("<p>A word or two.</p>", 100_000)), 1)),
        ("links", article.replacen("</article>", &format!("{}</article>", many("<a href=x>y</a> ", 100_000)), 1)),
        ("signs", format!("{}{article}", many("<", 1_000_000))),
        ("references", format!("{}{article}", many("&", 1_000_000))),
        ("dates", format!("{article}{}", many("<i itemprop=datePublished>", 50_000))),
        ("json", format!("<script type=application/ld+json>{}</script>{article}", many("[{\"@graph\":", 100_000))),
        ("one line", format!("<article><p>{}</p></article>", many("word ", 1_000_000))),
        ("open comment", format!("{article}<!--{}", many("<p>", 100_000))),
        ("open script", format!("{article}<script>{}", many("</scrip", 100_000))),
    ];
    for (name, html) in pages {
        let began = std::time::Instant::now();
        let got = read_page(&html, Some("https://post.example/"));
        assert!(is_clean(&got), "{name}");
        assert!(name == "one line" || got.text.contains("Paragraph"), "{name}: the article is lost");
        // several times what a slow build needs
        assert!(began.elapsed().as_secs() < 60, "{name}: {:?}", began.elapsed());
    }
}

#[test]
fn a_page_may_end_anywhere() {
    let html = page(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script>",
        "<figure><figcaption>x</figcaption></figure>",
    );
    for end in (0..html.len()).step_by(7).filter(|e| html.is_char_boundary(*e)) {
        assert!(is_clean(&read_page(&html[..end], None)), "cut at {end}");
    }
}

/// Pieces of markup, right and wrong.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"",
    "\">",
    "<div>",
    "</div>",
    "<a href=x>",
    "</a>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<script type=application/ld+json>",
    "{\"@type\":\"NewsArticle\",\"headline\":\"",
    "\"}",
    "&amp;",
    "&#0;",
    "&#x1F6;",
    "&",
    "<",
    ">",
    "'",
    "\"",
    "\0",
    "\u{7}",
    "\u{202E}",
    "<title>",
    "</title>",
    "<h1>",
    "</h1>",
    "<br>",
    "<br/>",
    "<meta property=og:title content='",
    "'>",
    "<time datetime=2026-05-04>",
    "<svg>",
    "</svg>",
    "<figure>",
    "<figcaption>",
    "A sentence of the article that is long enough to count as prose, it says. ",
    "word ",
    "日本語の文章です。",
    "\n\n",
    "<li>",
    "<ul>",
    "</ul>",
    "<html lang=de>",
    "<body>",
    "<textarea>",
    "<![CDATA[",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(is_clean(&read_page(&String::from_utf8_lossy(&bytes), None)));
    }

    #[test]
    fn any_markup_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..200), url in "\\PC{0,40}") {
        let html = pieces.concat();
        let got = read_page(&html, Some(&url));
        prop_assert!(is_clean(&got));
        prop_assert_eq!(&got, &read_page(&html, Some(&url)));
    }
}
