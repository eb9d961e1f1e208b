//! Pages that are no articles, pages of odd kinds that are, and addresses that were scraped twice.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, Outputs, RecordLines, Request, Silent, dedup};
use wirecopy::document::Document;
use wirecopy::extract::extract;
use wirecopy::pipeline;
use wirecopy::report::{ClusterKind, TraceReport};
use wirecopy::verify::Relation;

/// What sites answer in place of a page.
const WALLS: &[&str] = &[
    "Vik Post\n\nWe value your privacy\n\nWe and our 412 partners store and access information on a device, such as cookies and unique identifiers, for personalised ads and content, ad measurement and audience research. With your permission we may use precise location data. You may click to consent, or open more options and change your preferences before you do so. Your choices apply to this site only, and you can change your preferences at any time.\n\nMore options\nAccept all\nReject all",
    "Just a moment...\n\nChecking your browser before you reach vikpost.example.\n\nThis process is automatic. Your browser will be sent on to the page you asked for within five seconds.",
    "Are you a robot?\n\nWe noticed unusual activity from your network. Tick the box below to show that you are a person.\n\nI'm not a robot",
    "Access Denied\n\nYou don't have permission to access this page on this server.\n\nReference #18.2f3a",
    "404\n\nPage not found\n\nSorry, the page you are looking for has been moved or never existed. Try the search, or go back to the home page.\n\nHome | News | Sport",
    "503 Service Unavailable\n\nThe server cannot answer at the moment. Please try again later.",
    "403 Forbidden\n\nnginx",
    "JavaScript is disabled\n\nPlease enable JavaScript in your browser and load this page again.",
    "Storm closes harbour of Vik\n\nSubscribe to continue reading\n\nAlready a subscriber? Log in\n\nGet unlimited access for 1 euro a month. Cancel whenever you like.",
    "Log in to continue\n\nE-mail\nPassword\nForgot your password?\nCreate an account",
    "Le respect de votre vie privée est notre priorité\n\nNous et nos partenaires stockons des informations sur votre appareil. Vous pouvez retirer votre consentement à tout moment.\n\nTout accepter\nContinuer sans accepter",
    "Erreur 404\n\nLa page que vous recherchez n'existe plus ou a été déplacée.\n\nRetour à l'accueil",
    "Wir und unsere Partner verarbeiten Daten\n\nIhre Privatsphäre ist uns wichtig. Mit Ihrer Einwilligung speichern wir Cookies auf Ihrem Gerät.\n\nAlle akzeptieren\nAlle ablehnen",
    "Seite nicht gefunden\n\nDie gewünschte Seite gibt es hier nicht. Zur Startseite",
    "Página no encontrada\n\nLa página que buscas no está disponible.\n\nVolver al inicio",
    "Pagina non trovata\n\nLa pagina che stai cercando non c'è più.\n\nTorna alla home",
    "Página não encontrada\n\nA página que você procura não existe mais.",
    "Pagina niet gevonden\n\nDe pagina die je zoekt is er niet meer.",
    "Страница не найдена\n\nЗапрашиваемая страница удалена или перемещена.\n\nВернуться на главную",
    "Доступ запрещён\n\nПодтвердите, что вы не робот.",
    "Nie znaleziono strony\n\nStrona nie istnieje albo została przeniesiona.",
    "Sayfa bulunamadı\n\nAradığınız sayfa kaldırılmış olabilir.",
    "Η σελίδα δεν βρέθηκε\n\nΕπιστρέψτε στην αρχική.",
    "الصفحة غير موجودة\n\nالعودة إلى الصفحة الرئيسية",
    "页面不存在\n\n您访问的页面已被删除或者移动。\n\n返回首页",
    "ページが見つかりません\n\nお探しのページは移動したか、削除された可能性があります。\n\nトップページへ戻る",
    "페이지를 찾을 수 없습니다\n\n요청하신 페이지가 없거나 옮겨졌습니다.",
    "ไม่พบหน้าที่คุณต้องการ\n\nกลับหน้าแรก",
    "पेज नहीं मिला\n\nमुखपृष्ठ पर वापस जाएँ",
    "",
    " \n\n ",
];

/// Pages of links.
const LISTS: &[&str] = &[
    "Tag: harbour\n\nStorm sinks three boats in the harbour of Vik\nNew pier for Vik opens after nine years\nFerry line fined over missing life vests\nCouncil puts off vote on fish market\nDivers find anchor of lost schooner\n\nOlder posts",
    "Search results for: storm\n\nShowing results 1 to 5 of 31\n\nStorm sinks three boats in the harbour of Vik\nTwo sailors were taken to hospital on Tuesday.\nStorm warning for the whole north coast\nThe weather office expects gusts in the evening.\nWhat to do when a storm comes in\nA short guide for visitors and boat owners.\nAfter the storm: who pays for the damage\nInsurers have begun to count.\n\nNext page",
    "The Vik Post\n\nStorm sinks three boats in the harbour of Vik\nCouncil puts off vote on fish market again\nSchool choir sings for the king in Linngord\nNew pier opens after nine years of work\nFarmers fear third dry summer in a row\nHandball women lose final by a single goal\nLetters: why the old lighthouse must stay\nFerry line fined over missing life vests\nOstervik mill to be rebuilt before winter\nLibrary bus returns to the outer islands",
    "Résultats de recherche\n\nUne tempête coule trois bateaux à Vik\nLe nouveau quai ouvre après neuf ans\nLa compagnie de ferries condamnée à une amende\nLe marché aux poissons attendra encore\nLes plongeurs retrouvent une ancre perdue",
];

const STORY: &str = "A storm sank three fishing boats in the old harbour of Vik early on Tuesday, and two sailors were taken to hospital, police said.\n\n\
    \"We heard the masts break one after another,\" said Ann Bo, who sells nets on the quay. \"Then it was quiet.\"\n\n\
    The coast guard said that it had warned all crews on Monday evening, and that most of them had moved their boats in time.\n\n\
    Insurers put the damage at 2.4 million crowns. The harbour will stay closed until divers have looked at the sea wall.";

fn flags(text: &str) -> Vec<&'static str> {
    extract(&Document { text: text.to_owned(), ..Document::default() }).flags
}

fn trace(documents: &[Document]) -> TraceReport {
    pipeline::trace(documents.to_vec(), Vec::new(), false, &Config::default()).unwrap()
}

fn document(id: &str, text: &str) -> Document {
    Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() }
}

#[test]
fn walls_and_lists_are_told() {
    for text in WALLS.iter().chain(LISTS) {
        assert!(flags(text).contains(&"non_article"), "{text}");
    }
}

#[test]
fn an_article_stays_one_whatever_stands_around_it() {
    for wall in WALLS {
        // A consent wall in full above a short article is more wall than article.
        if wall.len() < 300 {
            assert!(!flags(&format!("{wall}\n\nStorm sinks three boats in Vik\n\n{STORY}")).contains(&"non_article"), "{wall}");
            assert!(!flags(&format!("Storm sinks three boats in Vik\n\n{STORY}\n\n{wall}")).contains(&"non_article"), "{wall}");
        }
        let long = format!("{wall}\n\n{STORY}\n\n{STORY}\n\n{STORY}");
        assert!(!flags(&long).contains(&"non_article"), "{long}");
    }
    for list in LISTS {
        let page = format!("Storm sinks three boats in Vik\n\n{STORY}\n\n{list}");
        assert!(!flags(&page).contains(&"non_article"), "{page}");
    }
}

/// Pages of news that are not made of paragraphs.
const ODD: &[(&str, &str)] = &[
    (
        "live blog",
        "Storm in Vik: live\n\n14:32\nThe ferry to the islands will not sail today, the port office says.\n\n14:10\nPower is back in the northern half of the town.\n\n13:45\nPolice ask people to stay away from the sea wall. \"It has cracks,\" an officer tells us.\n\n13:02\nA third boat has gone down in the old harbour. Its crew is safe.\n\n12:30\nWelcome to our coverage of the storm. The first trees fell before noon.",
    ),
    (
        "table",
        "Result of the council election in Vik\n\nParty\tVotes\tShare\tSeats\nHarbour List\t2,310\t38.1\t10\nFarmers\t1,904\t31.4\t8\nNew Pier Now\t1,120\t18.5\t5\nGreens of Vik\t601\t9.9\t2\nOthers\t127\t2.1\t0",
    ),
    (
        "transcript",
        "ANCHOR: Good evening. Three boats went down in Vik today. Our reporter is at the harbour. What do you see?\n\nREPORTER: The masts, mostly. They stand out of the water like fence posts.\n\nANCHOR: And the crews?\n\nREPORTER: All of them are safe. Two men are in hospital with broken ribs.\n\nANCHOR: When will the harbour open again?\n\nREPORTER: Not before Friday, I am told. Divers have to look at the wall first.",
    ),
    (
        "list",
        "What the storm in Vik did\n\n• Three boats sank in the old harbour.\n• Two sailors were taken to hospital with broken ribs.\n• The ferry did not sail for a day and a half.\n• Power was out in nine hundred homes until the afternoon.\n• The sea wall has cracks that divers will look at on Friday.",
    ),
    ("headline", "Storm sinks three boats in the harbour of Vik"),
    ("brief", "Storm sinks boats\n\nA storm sank three boats in Vik on Tuesday. Two sailors were hurt, police said."),
];

#[test]
fn odd_kinds_of_news_are_news() {
    for (kind, text) in ODD {
        assert!(!flags(text).contains(&"non_article"), "{kind}");
    }
    assert_eq!(flags(ODD[4].1), ["no_body"]);
    assert_eq!(flags(ODD[5].1), ["too_short"]);
    // Copies of them are found, and they are not taken for each other.
    let copied = |(kind, text): &(&str, &str)| [document(kind, text), document(&format!("{kind} again"), &text.replace("Vik", "VIK"))];
    let report = trace(&ODD.iter().flat_map(copied).collect::<Vec<_>>());
    for (kind, _) in ODD.iter().filter(|(kind, _)| !["headline", "table"].contains(kind)) {
        let pair = report.pairs.iter().find(|p| p.a == *kind && p.b == format!("{kind} again"));
        assert_eq!(pair.map(|p| p.relation), Some(Relation::Exact), "{kind}");
    }
    for pair in report.pairs.iter().filter(|p| p.relation.is_derived()) {
        assert_eq!(pair.b, format!("{} again", pair.a));
    }
}

#[test]
fn no_articles_are_never_matched() {
    let twice = |(i, text): (usize, &&str)| [document(&format!("{i:02}a"), text), document(&format!("{i:02}b"), &format!("{text}\n"))];
    let mut documents: Vec<Document> = WALLS.iter().chain(LISTS).enumerate().flat_map(twice).collect();
    documents.extend([document("x", STORY), document("y", STORY)]);
    let report = trace(&documents);
    assert_eq!(report.pairs.len(), 1, "{:?}", report.pairs.iter().map(|p| (&p.a, &p.b)).collect::<Vec<_>>());
    assert!(!report.clusters.is_empty() && report.clusters.iter().all(|c| c.members == ["x", "y"]));
}

fn kept(texts: &[&str], config: &Config) -> usize {
    let lines: Vec<String> = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
    let text = lines.join("\n").into_bytes();
    let mut inputs = Inputs::default();
    inputs.push("pages".into(), text.len() as u64, 0, Box::new(text));
    let mut kept = Vec::new();
    let request =
        Request { inputs: &inputs, config, memory: 1 << 30, spill: None, gram_spills: [None, None], stages: None, monitor: &Silent };
    dedup(request, Outputs { kept: &mut RecordLines::new(&mut kept), clusters: None }).unwrap();
    String::from_utf8(kept).unwrap().lines().count()
}

#[test]
fn no_articles_are_never_collapsed() {
    let twice: Vec<&str> = WALLS.iter().flat_map(|w| [*w, *w]).collect();
    for config in [Config::default(), Config::news_corpus()] {
        assert_eq!(kept(&twice, &config), twice.len());
        assert_eq!(kept(&[STORY, STORY], &config), 1);
    }
    // Lists have no words of their own: they are looked for over news only.
    let lists: Vec<&str> = LISTS.iter().flat_map(|w| [*w, *w]).collect();
    assert_eq!(kept(&lists, &Config::news_corpus()), lists.len());
}

#[test]
fn the_same_address_is_a_version() {
    let page = |id: &str, url: &str, text: &str| Document { url: Some(url.to_owned()), ..document(id, text) };
    let longer = format!("{STORY}\n\nThe mayor will speak at noon. Schools in the lower town stay shut until Thursday.");
    let mut report = trace(&[
        page("early", "https://www.vikpost.example/storm/?utm_source=feed", STORY),
        page("late", "http://vikpost.example/storm#top", &longer),
        page("wall", "http://vikpost.example/storm?fbclid=1", WALLS[1]),
        page("copy", "https://linngord.example/news/7", STORY),
        page("home", "https://vikpost.example/", STORY),
    ]);
    assert_eq!(report.versions.len(), 1);
    let versions = report.versions.remove(0);
    assert_eq!((versions.url.as_str(), versions.chosen.as_str()), ("vikpost.example/storm", "late"));
    assert_eq!(versions.members, ["early", "late", "wall"]);
    // Only the chosen version is a member, and the lineage has it once.
    let derivations: Vec<_> = report.clusters.iter().filter(|c| c.kind == ClusterKind::Derivation).collect();
    assert_eq!(derivations.len(), 1);
    assert!(report.clusters.iter().all(|c| c.members == ["copy", "home", "late"]));
    assert!(derivations[0].derivations.iter().all(|e| e.to != "early"));
    assert!(report.fact_diffs.iter().all(|d| d.base != "early" && d.variant != "early"));
    let flagged: Vec<_> =
        report.pairs.iter().filter(|p| p.flags.iter().any(|f| f == "version")).map(|p| (p.a.as_str(), p.b.as_str())).collect();
    assert_eq!(flagged, [("early", "late")]);
    // Without addresses they are copies.
    let report = trace(&[document("early", STORY), document("late", &longer)]);
    assert!(report.versions.is_empty() && report.clusters.iter().any(|c| c.kind == ClusterKind::Derivation));
}
