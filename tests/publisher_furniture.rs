//! Lines that only the other pages of a publisher give away: newsletter boxes in the middle of the text, in words that no list knows.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

use wirecopy::config::Config;
use wirecopy::document::Document;
use wirecopy::extract::{BlockKind, PageLines, RepeatedLines, extract};
use wirecopy::pipeline::trace;
use wirecopy::report::{DocumentRow, TraceReport};

/// Stories about different things: a headline and four paragraphs each.
const STORIES: [[&str; 5]; 6] = [
    [
        "Crane falls onto ferry at north pier",
        "A crane fell onto a ferry at the north pier on Monday, injuring 14 passengers and two members of the crew, the harbour authority said.",
        "Divers searched the basin for several hours and found nobody in the water, a spokeswoman told reporters on the quay.",
        "The crane was 31 years old and had passed its last inspection in October, according to the papers of the operator.",
        "A second ferry will carry commuters from Tuesday morning at half the usual fare until the pier opens again.",
    ],
    [
        "Museum returns bronze mask after century",
        "The city museum has returned a bronze mask to the heirs of the sculptor from whom soldiers took it more than a century ago.",
        "Curators traced the piece through auction catalogues and a faded label that was glued to the inside of its wooden crate.",
        "The family wants to lend the mask to a gallery in the sculptor's village, where a copy of it hangs above the altar.",
        "Eleven other bronzes of doubtful origin are being examined by a historian whom the trustees hired in spring.",
    ],
    [
        "Drought empties reservoir above vineyards",
        "Winegrowers in the upper valley have begun to pick three weeks early because the reservoir above their slopes holds hardly any water.",
        "The regional water board measured a depth of four metres at the dam, the lowest since the wall was raised in 1962.",
        "Growers said that small grapes would give a strong and sweet vintage, but less than half of the usual number of bottles.",
        "Pumps bought after the last dry summer cannot be switched on while the intake stands above the surface.",
    ],
    [
        "Chess prodigy, nine, beats grandmaster",
        "A girl of nine has beaten a grandmaster in an open tournament, the youngest player ever to do so under classical rules.",
        "She sacrificed a rook on move 23 and forced mate eleven moves later, while her opponent stared at the clock.",
        "Her trainer said that she solves endgame puzzles before breakfast and sleeps with a magnetic board beside her pillow.",
        "The federation has invited her to the national squad, whose other members are at least seven years older.",
    ],
    [
        "Tunnel fire halts trains through the pass",
        "A fire in the engine of a freight locomotive stopped all trains through the mountain pass for most of Thursday, the railway said.",
        "Two drivers were treated for smoke in their lungs; the wagons, loaded with timber, did not burn.",
        "Passengers were taken over the old road by coach, which added three hours to the journey in heavy snow.",
        "Engineers will inspect the lining of the tunnel before the evening expresses run on the second track.",
    ],
    [
        "Bakers protest against price of butter",
        "Hundreds of bakers parked their vans around the ministry of agriculture to protest against the price of butter, which has doubled.",
        "They handed croissants made with margarine to the deputies, many of whom ate them and pulled a face.",
        "The dairy association blamed poor hay and a new cheese factory abroad that pays farmers more for their cream.",
        "A subsidy for small ovens that run on gas is to be discussed by the committee after the holidays.",
    ],
];

const LETTER: &str = "Quayside, delivered before your first coffee: everything worth knowing, four minutes, no charge.";

fn page(id: &str, url: &str, paragraphs: &[&str]) -> Document {
    Document { id: id.into(), url: Some(url.into()), text: paragraphs.join("\n\n"), ..Document::default() }
}

/// A story with a line between its second and its third paragraph.
fn with_line(number: usize, site: &str, line: &str) -> Document {
    let [head, a, b, c, d] = STORIES[number];
    page(&format!("{site}-{number}"), &format!("https://{site}.example/news/{number}"), &[head, a, b, line, c, d])
}

fn report(documents: Vec<Document>) -> TraceReport {
    trace(documents, Vec::new(), true, &Config::default()).unwrap()
}

/// The lines that other pages gave away.
fn furniture(row: &DocumentRow) -> Vec<String> {
    let text = row.text.as_deref().unwrap();
    row.blocks.iter().filter(|b| b.kind == BlockKind::Furniture).map(|b| b.span.of(text).to_owned()).collect()
}

fn is_flagged(row: &DocumentRow) -> bool {
    row.flags.iter().any(|f| f == "repeated_lines")
}

#[test]
fn a_newsletter_line_in_the_middle_is_furniture() {
    let alone = report(vec![with_line(0, "quay", LETTER)]);
    assert!(furniture(&alone.documents[0]).is_empty() && !is_flagged(&alone.documents[0]), "no list knows the line");
    let found = report((0..4).map(|n| with_line(n, "quay", LETTER)).collect());
    for row in &found.documents {
        assert_eq!(furniture(row), [LETTER]);
        assert!(is_flagged(row));
    }
    assert_eq!(found.documents[0].words, report(vec![with_line(0, "quay", "")]).documents[0].words);
}

#[test]
fn a_page_is_known_by_the_name_of_its_publisher_too() {
    let named = |n: usize| Document { url: None, publisher: Some("The Quay".into()), ..with_line(n, "quay", LETTER) };
    assert!(report((0..3).map(named).collect()).documents.iter().all(is_flagged));
}

#[test]
fn two_pages_are_too_few_and_other_publishers_say_nothing() {
    let found = report(vec![
        with_line(0, "quay", LETTER),
        with_line(1, "quay", LETTER),
        with_line(2, "herald", LETTER),
        with_line(3, "herald", LETTER),
    ]);
    assert!(!found.documents.iter().any(is_flagged));
}

#[test]
fn updates_of_one_story_keep_their_paragraphs() {
    let [head, a, b, c, d] = STORIES[0];
    let tops = [
        "Fourteen people were hurt on Monday when a crane fell onto a ferry, the harbour authority said in a first statement.",
        "The number of injured passengers rose to sixteen on Monday evening as the ferry was towed away from the pier.",
        "One of the passengers injured by the falling crane has died in hospital, the harbour authority said on Tuesday.",
        "Prosecutors have opened a case against the operator of the crane that fell onto a ferry and killed one passenger.",
        "The operator of the crane that crushed a ferry at the pier has been charged, prosecutors said on Thursday.",
    ];
    let update = |(n, top): (usize, &&str)| page(&format!("u{n}"), &format!("https://quay.example/crane/{n}"), &[head, *top, a, b, c, d]);
    let mut documents: Vec<Document> = tops.iter().enumerate().map(update).collect();
    assert!(!report(documents.clone()).documents.iter().any(is_flagged), "nothing but updates");
    documents.extend((1..6).map(|n| with_line(n, "quay", LETTER)));
    for row in &report(documents).documents {
        assert_eq!(is_flagged(row), !row.id.starts_with('u'), "{}", row.id);
    }
}

#[test]
fn background_of_one_subject_is_text() {
    let background =
        "The Ostervik pipeline, which carries gas from the northern fields to the coast, has been closed since a leak in March.";
    let stories = [
        [
            "Gas bills to rise",
            "Households in three counties will pay a fifth more for heating because the Ostervik pipeline stays closed, the regulator said.",
            "Pensioners get a voucher of two hundred crowns, and schools may lower the temperature of their gymnasiums.",
        ],
        [
            "Welders walk out",
            "Welders who repair the Ostervik pipeline have walked out over unpaid bonuses, their union said at the gates of the yard.",
            "A mediator is expected on Friday; the firm says that the contract knows no bonus for nights.",
        ],
        [
            "Minister flies to fjord",
            "The energy minister inspected the leak of the Ostervik pipeline by helicopter and promised a parliamentary inquiry.",
            "Fishermen complained to her about oily nets and asked for a fund that buys their spoiled catch.",
        ],
        [
            "Firm loses licence",
            "The operator of the Ostervik pipeline has lost its licence to drill in the shallow bay, a court ruled after two years.",
            "Its shares fell by eleven percent, and the chairman offered to resign at the annual meeting in autumn.",
        ],
    ];
    let about = |(n, [head, a, b]): (usize, &[&str; 3])| {
        page(&format!("p{n}"), &format!("https://quay.example/gas/{n}"), &[*head, *a, background, *b])
    };
    assert!(!report(stories.iter().enumerate().map(about).collect()).documents.iter().any(is_flagged));
}

#[test]
fn credits_quotations_and_agencies_stay() {
    for line in [
        "Reuters could not independently verify the accounts that you have read.",
        "\"You have our word that this will not happen again,\" a spokesman said.",
    ] {
        let found = report((0..4).map(|n| with_line(n, "quay", line)).collect());
        assert!(!found.documents.iter().any(is_flagged), "{line}");
    }
    let credited = |n: usize| {
        let d = with_line(n, "quay", LETTER);
        Document { text: d.text + "\n\n— AFP", ..d }
    };
    for row in &report((0..4).map(credited).collect()).documents {
        assert_eq!(row.credits.first().map(|c| c.agency.as_str()), Some("AFP"));
        assert_eq!(furniture(row), [LETTER]);
        assert!(row.blocks.iter().any(|b| b.kind == BlockKind::Credit));
    }
}

#[test]
fn a_sentence_of_a_few_reports_is_text() {
    let line = "No arrests have been made, and the cause is still being looked into.";
    // ten pages of the publisher do not have it
    let (with, without) = (0..3, 0..10);
    let mut documents: Vec<Document> = with.map(|n| with_line(n, "quay", line)).collect();
    let other = |n: usize| {
        let own: Vec<String> = (0..3)
            .map(|p| {
                format!("Page {n} speaks in part {p} of item{n}{p} and thing{p}{n} that no other page of this paper has ever spoken of.")
            })
            .collect();
        page(&format!("own-{n}"), &format!("https://quay.example/own/{n}"), &own.iter().map(String::as_str).collect::<Vec<_>>())
    };
    documents.extend(without.map(other));
    assert!(!report(documents).documents.iter().any(is_flagged));
}

#[test]
fn long_furniture_is_found_on_pages_that_are_longer() {
    let letter = [
        LETTER,
        "Whoever reads us on paper finds the same in the blue box on page two, beside the crossword and the tides.",
        "We keep addresses for as long as you want to hear from us, and hand them to nobody.",
    ];
    let long = |n: usize| {
        let [head, a, b, c, d] = STORIES[n];
        page(&format!("q{n}"), &format!("https://quay.example/{n}"), &[head, a, letter[0], b, letter[1], c, letter[2], d])
    };
    for row in &report((0..5).map(long).collect()).documents {
        assert_eq!(furniture(row), letter);
    }
}

#[test]
fn neither_order_nor_copies_nor_threads_matter() {
    let mut documents: Vec<Document> = (0..5).map(|n| with_line(n, "quay", LETTER)).collect();
    // the same address again, and the same text elsewhere
    documents.push(Document { id: "again".into(), ..with_line(1, "quay", LETTER) });
    documents.push(Document { id: "amp".into(), url: Some("https://quay.example/amp/1".into()), ..with_line(1, "quay", LETTER) });
    let learn = |documents: &[Document]| {
        let pages: Vec<PageLines> = documents.iter().map(|d| PageLines::new(d, &extract(d))).collect();
        RepeatedLines::learn(&pages)
    };
    let lines = learn(&documents);
    assert_eq!(lines.len(), 1);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let wanted = serde_json::to_string(&one.install(|| report(documents.clone())).documents.len()).unwrap();
    for turn in 1..documents.len() {
        documents.rotate_left(1);
        assert_eq!(learn(&documents).fingerprint(), lines.fingerprint(), "{turn}");
    }
    let rows = |threads: usize, documents: Vec<Document>| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut rows = pool.install(|| report(documents)).documents;
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        serde_json::to_string(&rows).unwrap()
    };
    let mut turned = documents.clone();
    turned.reverse();
    assert_eq!(rows(1, documents), rows(4, turned));
    assert_eq!(wanted, "7");
}

#[test]
fn copies_of_one_page_teach_nothing() {
    let copies =
        |n: usize| Document { id: format!("c{n}"), url: Some(format!("https://quay.example/c/{n}")), ..with_line(0, "quay", LETTER) };
    assert!(!report((0..6).map(copies).collect()).documents.iter().any(is_flagged));
}

#[test]
fn a_page_of_nothing_else_stays() {
    let mut documents: Vec<Document> = (0..4).map(|n| with_line(n, "quay", LETTER)).collect();
    documents.push(page("bare", "https://quay.example/bare", &["Quayside this morning", LETTER]));
    let found = report(documents);
    let bare = found.documents.iter().find(|d| d.id == "bare").unwrap();
    assert!(!is_flagged(bare) && bare.words > 0);
    assert_eq!(found.documents.iter().filter(|d| is_flagged(d)).count(), 4);
}
