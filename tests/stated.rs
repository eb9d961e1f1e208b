//! What a page says of itself reaches the report: days with their origin, language, credits of its head and of its captions.
#![cfg(all(feature = "html", feature = "cli"))]
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod folder;

use folder::Folder;
use serde_json::{Value, json};

const PIERS: [&str; 3] = [
    "The harbour authority closed both piers on Monday after a crane fell onto a ferry, injuring 14 passengers and two of the crew.",
    "The authority said that 3,200 people use the ferry each day and that the north pier would stay closed until Friday at least.",
    "Divers searched the basin for several hours and found nobody; the crane had passed its last inspection in October, it said.",
];

fn page(head: &str, lang: &str) -> String {
    let body: String = PIERS.iter().map(|p| format!("<p>{p}</p>")).collect();
    format!(
        "<!DOCTYPE html><html lang={lang}><head><meta charset=utf-8><title>Both piers closed after crane falls</title>{head}</head><body><article>\
         <h1>Both piers closed after crane falls</h1><figure><img src=x.jpg><figcaption>The crane on Monday. Photo: Jo Doe / Reuters</figcaption></figure>\
         {body}</article></body></html>"
    )
}

fn documents(folder: &Folder, inputs: &[&str]) -> Vec<Value> {
    let output = folder.run(&[&["trace", "--format", "json"], inputs].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["documents"].as_array().unwrap().clone()
}

const HEAD: &str = r#"<meta property="article:modified_time" content="2026-05-06T08:00:00Z"><meta name=copyright content="© 2026 AFP">
    <meta name="dcterms.created" content="2026-05-04"><meta name=author content="Jo Doe">"#;

#[test]
fn days_have_their_origin() {
    let folder = Folder::new("days");
    folder.put("page.html", page(HEAD, "en"));
    folder.put("text.txt", format!("Both piers closed\n\nPublished 5 May 2026\n\n{}", PIERS.join("\n\n")));
    folder.put("plain.txt", PIERS.join("\n\n"));
    let record = json!({"id": "record", "date": "2026-05-07", "html": page(HEAD, "en")});
    folder.put("records.jsonl", record.to_string());
    let found = documents(&folder, &["page.html", "text.txt", "plain.txt", "records.jsonl"]);
    let days: Vec<(&Value, &Value)> = found.iter().map(|d| (&d["page_date"], &d["page_date_origin"])).collect();
    assert_eq!(
        days,
        [
            (&json!("2026-05-04"), &json!("dublin_core")),
            (&json!("2026-05-05"), &json!("text")),
            (&Value::Null, &Value::Null),
            (&json!("2026-05-07"), &json!("record")),
        ]
    );
    let all = json!([
        {"date": "2026-05-06", "origin": "open_graph", "what": "modified"},
        {"date": "2026-05-04", "origin": "dublin_core", "what": "published"},
    ]);
    assert_eq!((&found[0]["page_dates"], &found[3]["page_dates"]), (&all, &all));
    assert_eq!(found[1].get("page_dates"), None);
}

#[test]
fn credits_outside_of_the_text_have_no_span() {
    let folder = Folder::new("credits");
    folder.put("page.html", page(HEAD, "en"));
    let found = documents(&folder, &["page.html"]);
    assert_eq!(found[0]["credits"], json!([{"agency": "AFP", "position": "page_head", "span": null, "stated": "© 2026 AFP"}]));
    assert_eq!(
        found[0]["photo_credits"],
        json!([{"agency": "Reuters", "span": null, "stated": "The crane on Monday. Photo: Jo Doe / Reuters"}])
    );
}

#[test]
fn a_credit_in_the_text_comes_first() {
    let folder = Folder::new("first");
    folder.put("page.html", page(HEAD, "en").replace("in October, it said.</p>", "in October, it said.</p><p>— AP</p>"));
    let found = documents(&folder, &["page.html"]);
    let positions: Vec<&str> = found[0]["credits"].as_array().unwrap().iter().map(|c| c["position"].as_str().unwrap()).collect();
    assert_eq!(positions, ["end_of_body", "page_head"]);
}

#[test]
fn the_language_of_a_page_helps_where_its_text_is_short() {
    let folder = Folder::new("language");
    let short = "<!DOCTYPE html><html lang=pt-BR><title>Porto fechado</title><article><h1>Porto fechado</h1><p>O porto foi fechado na segunda-feira, disse a autoridade que cuida dele.</p></article></html>";
    folder.put("short.html", short);
    // what a template says of a long text in another language is not believed
    folder.put("long.html", page("", "de"));
    let found = documents(&folder, &["short.html", "long.html"]);
    assert_eq!((&found[0]["language"], &found[1]["language"]), (&json!("pt"), &json!("en")));
}

#[test]
fn readers_are_told_the_origin() {
    let folder = Folder::new("views");
    folder.put("page.html", page(HEAD, "en"));
    folder.put("copy.txt", PIERS.join("\n\n"));
    let text = String::from_utf8(folder.run(&["trace", "page.html", "copy.txt"]).stdout).unwrap();
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("credits AFP (in the head of the page)"), "{text}");
    assert!(told.contains("page stamped 2026-05-04 (Dublin Core)") && told.contains("photo Reuters"), "{text}");
    let html = String::from_utf8(folder.run(&["trace", "page.html", "copy.txt", "--format", "html"]).stdout).unwrap();
    assert!(html.contains("AFP (head of the page)") && html.contains("2026-05-04 (Dublin Core)"));
}
