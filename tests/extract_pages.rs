//! Whole pages through `extract`: furniture of many kinds, languages, and texts that are no articles.

use proptest::prelude::*;
use wirecopy::document::Document;
use wirecopy::extract::{Article, BlockKind, CreditPosition, extract};

fn read(text: &str) -> Article {
    extract(&Document { text: text.to_owned(), ..Document::default() })
}

fn body(text: &str) -> Vec<&str> {
    of_kind(text, BlockKind::Paragraph)
}

fn of_kind(text: &str, kind: BlockKind) -> Vec<&str> {
    let article = read(text);
    let spans: Vec<_> = article.blocks.iter().filter(|b| b.kind == kind).map(|b| b.span).collect();
    spans.into_iter().map(|s| s.of(text)).collect()
}

const STORY: [&str; 5] = [
    "A storm sank three fishing boats in the old harbour of Vik early on Tuesday, and two sailors were taken to hospital, police said.",
    "The harbour was closed.",
    "\"We heard the masts break one after another,\" said Ann Bo, who sells nets on the quay. \"Then it was quiet.\"",
    "The coast guard said that it had warned all crews on Monday evening, and that most of them had moved their boats in time.",
    "Insurers put the damage at 2.4 million crowns.",
];

const HEADS: [&str; 8] = [
    "",
    "Storm sinks three boats in the harbour of Vik\n\n",
    "THE VIK POST\nHome | Town | Farms | Sport\nWednesday, April 8, 2026\n\nStorm sinks three boats in the harbour of Vik\nBy Ann Bo in Vik\n\n",
    "vikpulse › Coast › News\nStorm sinks three boats in the harbour of Vik\nPosted by Staff | April 8, 2026 | 3 min read\n\n",
    "Vik Valley Gazette\nNews Sport Jobs Property\nStorm sinks three boats in the harbour of Vik\nMasts stand out of the water on Tuesday (Image: Getty Images)\nBy Cy Do, PA Coast Correspondent\n16:20, 8 Apr 2026\n",
    "Subscribe Us\nStorm sinks three boats in the harbour of Vik\nShare\nFacebook Twitter Email\nMasts stand out of the water. — Reuters\nMasts stand out of the water. — Reuters\nA A A\n\n",
    "We use cookies to improve your experience on this site. By continuing you accept our cookie policy.\nStorm sinks three boats in the harbour of Vik\nApril 8, 2026 at 10:15 am\nPhoto: Cy Do / AFP\n\n",
    "Morning Letter - Wednesday, April 8, 2026\nGood morning. Here is what you need to know today.\n\nStorm sinks three boats in the harbour of Vik\n",
];

const TAILS: [&str; 8] = [
    "",
    "\nShare this article\nFacebook | WhatsApp | Copy link\nMORE IN COAST\nFerry line fined over missing life vests\n",
    "\nRelated Posts:\nA new pier for Vik\n0 Comments:\nPost a Comment\n",
    "\nTags: storms, boats\nShare  Comments (12)\nsailor_77: They were warned and still they stayed, it makes me so angry every time.\nMrs T: I hope that the two sailors will soon be well again, poor men.\n",
    "\nRead the full story »\nWe use cookies to improve your experience.\n",
    "\nHave you seen the storm? Send us your pictures.\nFollow us on social media | Newsletter | Terms and conditions\n© Vik Media\n",
    "\nSign up for our weekly newsletter\nYou might also like: A pier for Vik | Ask the captain\n",
    "\nAuthor: Ann Bo\nShare\n",
];

#[test]
fn furniture_never_changes_the_body() {
    for head in HEADS {
        for tail in TAILS {
            for gap in ["\n", "\n\n", "\r\n"] {
                let text = format!("{head}{}{tail}", STORY.join(gap));
                assert_eq!(body(&text), STORY, "{text}");
            }
        }
    }
}

#[test]
fn insets_do_not_end_the_body() {
    for inset in
        ["READ MORE: A pier for Vik", "Also Read | A pier for Vik", "Advertisement", "Sign up for our letters", "Related: A pier for Vik"]
    {
        let mut lines = STORY.to_vec();
        lines.insert(3, inset);
        let text = format!("Storm sinks three boats in the harbour of Vik\n\n{}", lines.join("\n\n"));
        assert_eq!(body(&text), STORY, "{inset}");
    }
}

#[test]
fn headings_are_no_paragraphs() {
    let text = format!("{}\nMasts In The Water\n{}\nWHAT COMES NEXT\n{}\nWho pays?\n{}", STORY[0], STORY[2], STORY[3], STORY[4]);
    assert_eq!(of_kind(&text, BlockKind::Heading), ["Masts In The Water", "WHAT COMES NEXT", "Who pays?"]);
    assert_eq!(body(&text), [STORY[0], STORY[2], STORY[3], STORY[4]]);
}

#[test]
fn credits_by_place() {
    let story = STORY.join("\n");
    for (text, agency, position) in [
        (format!("{story} — AFP"), "AFP", CreditPosition::EndOfBody),
        (format!("{story}\n\nSource: Reuters"), "Reuters", CreditPosition::EndOfBody),
        (format!("VIK, Norway (AP) — {story}"), "AP", CreditPosition::Dateline),
        (format!("Storm sinks three boats in Vik\nBy Cy Do, PA Coast Correspondent\n{story}"), "PA", CreditPosition::Byline),
        (format!("Storm sinks three boats in Vik\nAssociated Press\n{story}"), "AP", CreditPosition::Byline),
        (format!("{story}\nCopyright 2026 The Associated Press. All rights reserved."), "AP", CreditPosition::Copyright),
    ] {
        let article = read(&text);
        assert_eq!(article.credits.first().map(|c| (c.agency.as_str(), c.position)), Some((agency, position)), "{text}");
        assert!(article.photo_credits.is_empty());
    }
    let told = format!("{story}\n\"It is over,\" the mayor told AFP on the quay.");
    assert!(read(&told).credits.is_empty());
}

#[test]
fn picture_credits_are_no_text_credits() {
    let story = STORY.join("\n");
    for caption in [
        "Masts in the water. Photo: AFP",
        "Masts in the water. Image credit: AFP/File",
        "Masts in the water. — AFP",
        "Masts stand in the water (Photo by Cy Do / AFP)",
        "Credit: AFP",
    ] {
        let text = format!("Storm sinks three boats in the harbour of Vik\n{caption}\n\n{story}");
        let article = read(&text);
        assert!(article.credits.is_empty(), "{caption}: {:?}", article.credits);
        assert_eq!(article.photo_credits.iter().map(|c| c.agency.as_str()).collect::<Vec<_>>(), ["AFP"], "{caption}");
        assert_eq!(body(&text), STORY, "{caption}");
    }
}

#[test]
fn pages_of_other_languages() {
    for (text, agency, language) in [
        (
            "Une tempête coule trois bateaux\n\nBergen, 7 avril 2026 (AFP) - Une tempête a coulé trois bateaux de pêche dans le vieux port de la ville mardi matin, et deux marins ont été conduits à l'hôpital, a annoncé la police.\n\nLe port est resté fermé pendant toute la journée, selon les autorités de la région.\n\nLire aussi : Un nouveau quai",
            "AFP",
            "fr",
        ),
        (
            "Una tormenta hunde tres barcos\n\nBergen (Noruega), 7 abr (EFE).- Una tormenta hundió tres barcos de pesca en el viejo puerto de la ciudad en la madrugada del martes, y dos marineros fueron llevados al hospital, informó la policía. El puerto permaneció cerrado durante todo el día.",
            "EFE",
            "es",
        ),
        (
            "Sturm versenkt drei Boote\n\nBergen (dpa) - Ein Sturm hat am frühen Dienstagmorgen drei Fischerboote im alten Hafen der Stadt versenkt. Zwei Seeleute wurden nach Angaben der Polizei in ein Krankenhaus gebracht. Der Hafen blieb den ganzen Tag geschlossen, wie die Behörden mitteilten.",
            "dpa",
            "de",
        ),
        (
            "Шторм потопил три лодки\n\nБЕРГЕН, 7 апр — РИА Новости. Шторм потопил три рыбацкие лодки в старой гавани города рано утром во вторник, два моряка доставлены в больницу, сообщила полиция. Гавань оставалась закрытой весь день, как сообщили власти области.",
            "RIA Novosti",
            "ru",
        ),
    ] {
        let article = read(text);
        assert_eq!(article.credits.first().map(|c| c.agency.as_str()), Some(agency), "{text}");
        assert_eq!(article.blocks.iter().filter(|b| b.kind == BlockKind::Dateline).count(), 1, "{text}");
        assert!(article.title.is_some_and(|t| text.starts_with(t.of(text))));
        assert_eq!(article.language.unwrap_or(language), language);
    }
}

#[test]
fn texts_that_are_no_articles() {
    assert_eq!(read("").flags, ["no_headline", "no_body", "non_article"]);
    assert_eq!(of_kind("Storm sinks three boats", BlockKind::Headline), ["Storm sinks three boats"]);
    assert!(
        read("Access denied\n\nPlease verify you are human. Enable JavaScript and cookies to continue to the site.")
            .flags
            .contains(&"non_article")
    );
    let long = "word ".repeat(200_000);
    assert_eq!(read(&long).blocks.len(), 1);
    let many = "(AP) — x, y - ".repeat(60_000);
    let _ = read(&many);
    let short_lines = "A b c.\n".repeat(50_000);
    let _ = read(&short_lines);
}

proptest! {
    #[test]
    fn any_text_gives_ordered_blocks(text in "(?s).{0,300}") {
        check(&text);
    }

    #[test]
    fn any_mix_of_page_parts_gives_ordered_blocks(parts in proptest::collection::vec(0usize..24, 0..40)) {
        let pool = ["(AP)", "—", " - ", "\n", "VIK:", "By ", "Photo:", "March 12", "12/03/2026", "é", "“", "”", "\"", ".", "storm sinks boats", "AFP", "[", ")", "/TASS/", "\u{2028}", "Comments (3)", "Share", "last month", "🌊"];
        let text: String = parts.iter().map(|&i| pool[i]).collect();
        check(&text);
    }
}

fn check(text: &str) {
    let article = read(text);
    let mut at = 0;
    for block in &article.blocks {
        assert!(block.span.start >= at && block.span.end >= block.span.start && text.get(block.span.start..block.span.end).is_some());
        at = block.span.end;
    }
    for span in article
        .credits
        .iter()
        .filter_map(|c| c.span)
        .chain(article.photo_credits.iter().filter_map(|c| c.span))
        .chain(article.page_date.and_then(|p| p.span))
    {
        assert!(!span.of(text).is_empty());
    }
    let mentioned = wirecopy::facts::facts(text, &article).dates;
    let _ = wirecopy::trace::story_date(text, &article, &mentioned, &[]);
}

#[test]
fn a_page_without_prose_has_its_lines_for_a_body() {
    let table = "Results, round nine\n\nHome 12 4\nAway 7 3\nVale 30 28\nCross 5 5\nNorthgate 18 2\nEastgate 0 9\n";
    let article = extract(&Document { text: table.to_owned(), ..Document::default() });
    assert!(article.flags.contains(&"no_body"), "{:?}", article.flags);
    assert!(article.words.len() >= 15, "{:?}", article.blocks);
    let headline = "Ministers agree on a plan for the northern harbours after nine hours of talks";
    let article = extract(&Document { text: headline.to_owned(), ..Document::default() });
    assert_eq!((article.words.len(), article.title.is_some()), (14, true));
}
