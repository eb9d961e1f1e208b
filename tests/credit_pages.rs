//! Credits on whole pages in seven languages: at the end, in datelines and bylines, in copyright lines, of several agencies, of
//! pictures. All pages are made up.

use wirecopy::document::Document;
use wirecopy::extract::{Article, CreditPosition, extract};

fn read(text: &str) -> Article {
    extract(&Document { text: text.to_owned(), ..Document::default() })
}

/// Text credits without those in prose.
fn credits(text: &str) -> Vec<(String, CreditPosition)> {
    let found = read(text).credits.into_iter().filter(|c| c.position != CreditPosition::Attribution);
    found.map(|c| (c.agency, c.position)).collect()
}

fn agencies(text: &str) -> Vec<String> {
    credits(text).into_iter().map(|c| c.0).collect()
}

fn told(text: &str) -> Vec<String> {
    let found = read(text).credits.into_iter().filter(|c| c.position == CreditPosition::Attribution);
    found.map(|c| c.agency).collect()
}

fn pictures(text: &str) -> Vec<String> {
    read(text).photo_credits.into_iter().map(|c| c.agency).collect()
}

struct Page {
    title: &'static str,
    body: [&'static str; 3],
}

const ENGLISH: Page = Page {
    title: "Storm sinks three boats in the harbour of Vik",
    body: [
        "A storm sank three fishing boats in the old harbour of Vik early on Tuesday, and two sailors were taken to hospital, police said.",
        "The coast guard said that it had warned all crews on Monday evening, and that most of them had moved their boats in time.",
        "Insurers put the damage at 2.4 million crowns, more than after any storm of the past ten years in this part of the coast.",
    ],
};
const FRENCH: Page = Page {
    title: "Trois bateaux coulés par la tempête dans le port de Vik",
    body: [
        "Une tempête a coulé trois bateaux de pêche dans le vieux port de Vik mardi matin et deux marins ont été hospitalisés, a indiqué la police.",
        "Les garde-côtes disent avoir prévenu tous les équipages lundi soir, et la plupart avaient mis leurs bateaux à l’abri à temps.",
        "Les assureurs évaluent les dégâts à 2,4 millions de couronnes, plus que pour toutes les tempêtes des dix dernières années.",
    ],
};
const SPANISH: Page = Page {
    title: "Un temporal hunde tres barcos en el puerto de Vik",
    body: [
        "Un temporal hundió tres barcos de pesca en el viejo puerto de Vik en la madrugada del martes y dos marineros fueron hospitalizados, dijo la policía.",
        "La guardia costera aseguró que había avisado a todas las tripulaciones el lunes por la noche y que la mayoría puso sus barcos a salvo.",
        "Las aseguradoras calculan los daños en 2,4 millones de coronas, más que en cualquier temporal de los últimos diez años.",
    ],
};
const GERMAN: Page = Page {
    title: "Sturm versenkt drei Boote im Hafen von Vik",
    body: [
        "Ein Sturm hat am frühen Dienstag drei Fischerboote im alten Hafen von Vik versenkt, zwei Seeleute kamen ins Krankenhaus, wie die Polizei mitteilte.",
        "Die Küstenwache hatte nach eigenen Angaben alle Besatzungen am Montagabend gewarnt, die meisten brachten ihre Boote rechtzeitig in Sicherheit.",
        "Die Versicherer schätzen den Schaden auf 2,4 Millionen Kronen, mehr als nach jedem Sturm der vergangenen zehn Jahre.",
    ],
};
const PORTUGUESE: Page = Page {
    title: "Tempestade afunda três barcos no porto de Vik",
    body: [
        "Uma tempestade afundou três barcos de pesca no antigo porto de Vik na madrugada de terça-feira e dois marinheiros foram hospitalizados, disse a polícia.",
        "A guarda costeira afirmou que avisou todas as tripulações na noite de segunda-feira e que a maioria retirou os barcos a tempo.",
        "As seguradoras calculam os danos em 2,4 milhões de coroas, mais do que em qualquer tempestade dos últimos dez anos.",
    ],
};
const RUSSIAN: Page = Page {
    title: "Шторм потопил три лодки в гавани Вика",
    body: [
        "Шторм потопил три рыбацкие лодки в старой гавани Вика рано утром во вторник, двое моряков доставлены в больницу, сообщила полиция.",
        "Береговая охрана утверждает, что предупредила все экипажи вечером в понедельник и что большинство успело увести свои лодки.",
        "Страховщики оценивают ущерб в 2,4 миллиона крон, это больше, чем после любого шторма за последние десять лет.",
    ],
};
const ARABIC: Page = Page {
    title: "عاصفة تغرق ثلاثة قوارب في ميناء فيك",
    body: [
        "أغرقت عاصفة ثلاثة قوارب صيد في الميناء القديم لمدينة فيك فجر الثلاثاء ونقل بحاران إلى المستشفى، بحسب ما ذكرت الشرطة المحلية في بيان.",
        "وقال خفر السواحل إنه حذر جميع الأطقم مساء الاثنين وإن معظمهم نقلوا قواربهم إلى مكان آمن في الوقت المناسب.",
        "وتقدر شركات التأمين الأضرار بنحو مليونين وأربعمئة ألف كرونة وهو أكثر مما خلفته أي عاصفة في السنوات العشر الماضية.",
    ],
};

/// A page with something before its first sentence, and something behind its last one.
fn page(of: &Page, before: &str, after: &str) -> String {
    format!("{}\n\n{before}{}\n\n{}\n\n{}{after}\n", of.title, of.body[0], of.body[1], of.body[2])
}

#[test]
fn credits_at_the_end() {
    for (of, after, wanted) in [
        (&ENGLISH, " — Agence France-Presse (AFP)", vec!["AFP"]),
        (&ENGLISH, " — AFP", vec!["AFP"]),
        (&ENGLISH, "\n\nSource: Reuters", vec!["Reuters"]),
        (&ENGLISH, "\n\nStaff and agencies", vec![]),
        (&ENGLISH, " (with inputs from PTI and Reuters)", vec!["PTI", "Reuters"]),
        (&FRENCH, "\n\n(Avec AFP)", vec!["AFP"]),
        (&FRENCH, "\n\nAvec l’AFP et Reuters", vec!["AFP", "Reuters"]),
        (&FRENCH, "\n\nSource : Belga", vec!["Belga"]),
        (&SPANISH, " EFE", vec!["EFE"]),
        (&SPANISH, "\n\nCon información de EFE y AFP", vec!["EFE", "AFP"]),
        (&SPANISH, "\n\nFuente: Télam", vec!["Télam"]),
        (&GERMAN, " (dpa)", vec!["dpa"]),
        (&GERMAN, "\n\n(Mit Material von dpa und AFP)", vec!["dpa", "AFP"]),
        (&GERMAN, "\n\nQuelle: APA", vec!["APA"]),
        (&PORTUGUESE, "\n\nCom informações da Agência Brasil", vec!["Agência Brasil"]),
        (&PORTUGUESE, "\n\nFonte: Lusa", vec!["Lusa"]),
        (&RUSSIAN, "\n\nИсточник: ТАСС", vec!["TASS"]),
        (&RUSSIAN, "\n\nПо материалам РИА Новости и Интерфакс", vec!["RIA Novosti", "Interfax"]),
        (&ARABIC, "\n\nالمصدر: وكالة فرانس برس", vec!["AFP"]),
        (&ARABIC, "\n\nالمصدر: رويترز", vec!["Reuters"]),
        (&ARABIC, " (أ ف ب)", vec!["AFP"]),
    ] {
        let text = page(of, "", after);
        assert_eq!(agencies(&text), wanted, "{text}");
        let article = read(&text);
        let last = article.sentences.last().unwrap().span.of(&text);
        assert!(of.body[2].ends_with(last), "the credit is no text: {last}");
    }
}

#[test]
fn credits_in_datelines() {
    for (of, before, wanted) in [
        (&ENGLISH, "VIK, Norway, April 7 (Xinhua) -- ", "Xinhua"),
        (&ENGLISH, "VIK (Kyodo) - ", "Kyodo"),
        (&FRENCH, "Vik (Norvège), 7 avr 2026 (AFP) - ", "AFP"),
        (&SPANISH, "Vik (Noruega), 7 abr (EFE).- ", "EFE"),
        (&GERMAN, "Vik (dpa) - ", "dpa"),
        (&PORTUGUESE, "Vik, 07 abr (Lusa) – ", "Lusa"),
        (&RUSSIAN, "ВИК, 7 апр — РИА Новости. ", "RIA Novosti"),
        (&RUSSIAN, "ВИК, 7 апреля. /ТАСС/. ", "TASS"),
        (&ARABIC, "فيك (أ ف ب) - ", "AFP"),
        (&ARABIC, "فيك (رويترز) - ", "Reuters"),
    ] {
        let text = page(of, before, "");
        assert_eq!(credits(&text), [(wanted.to_owned(), CreditPosition::Dateline)], "{text}");
    }
}

#[test]
fn credits_in_bylines_and_copyright_lines() {
    for (of, line, wanted, position) in [
        (&ENGLISH, "By Cy Do, PA Coast Correspondent\n\n", "PA", CreditPosition::Byline),
        (&ENGLISH, "By Online Desk (with inputs from IANS)\n\n", "IANS", CreditPosition::Byline),
        (&FRENCH, "Par Anne Bo (avec AFP)\n\n", "AFP", CreditPosition::Byline),
        (&SPANISH, "Por EFE\n\n", "EFE", CreditPosition::Byline),
        (&GERMAN, "Von Anna Bo, dpa\n\n", "dpa", CreditPosition::Byline),
        (&PORTUGUESE, "Por Lusa\n\n", "Lusa", CreditPosition::Byline),
    ] {
        let text = page(of, line, "");
        assert_eq!(credits(&text), [(wanted.to_owned(), position)], "{text}");
    }
    for (of, line, wanted) in [
        (&ENGLISH, "\n\nCopyright 2026 The Associated Press. All rights reserved.", "AP"),
        (&FRENCH, "\n\nTous droits réservés © 2026 AFP", "AFP"),
        (&SPANISH, "\n\n© EFE 2026. Todos los derechos reservados.", "EFE"),
        (&GERMAN, "\n\n© dpa, Alle Rechte vorbehalten", "dpa"),
        (&PORTUGUESE, "\n\n© Lusa. Todos os direitos reservados", "Lusa"),
        (&RUSSIAN, "\n\n© РИА Новости, все права защищены", "RIA Novosti"),
    ] {
        let text = page(of, "", line);
        assert_eq!(credits(&text), [(wanted.to_owned(), CreditPosition::Copyright)], "{text}");
    }
}

#[test]
fn hearers_count_beside_a_credit() {
    for (of, sentence, wanted) in [
        (&ENGLISH, " \"It was quiet,\" Ann Bo told AFP. (AFP)", "AFP"),
        (&FRENCH, " « C’était calme », a dit Anne Bo à l’AFP. (AFP)", "AFP"),
        (&GERMAN, " „Dann war es still“, sagte Anna Bo der dpa. (dpa)", "dpa"),
        (&SPANISH, " «Luego hubo silencio», dijo Ana Bo a EFE. EFE", "EFE"),
    ] {
        let text = page(of, "", sentence);
        assert_eq!(agencies(&text), [wanted], "{text}");
        assert_eq!(told(&text), [wanted], "{text}");
    }
}

#[test]
fn common_words_and_persons_are_no_credits() {
    for line in ["By PETRA SMITH\n\n", "By Tass Morgan\n\n", "By Ann Bo\n\nRSS\nAA\n\n"] {
        let text = page(&ENGLISH, line, "\n\nThe trend goes on.");
        assert_eq!(agencies(&text), [""; 0], "{text}");
    }
    for after in ["\n\nRSS", "\n\nMAP", "\n\nShare this article"] {
        let text = page(&ENGLISH, "", after);
        assert_eq!(agencies(&text), [""; 0], "{text}");
    }
}

#[test]
fn credits_of_pictures_stand_apart() {
    for (caption, wanted) in [
        ("Masts stand out of the water in this undated picture. AFP\n\n", "AFP"),
        ("The old harbour before the storm (Alamy)\n\n", "Alamy"),
        ("[Image: file picture of a fishing boat, not one of those that sank. dpa]\n\n", "dpa"),
        ("Les mâts sortent de l’eau. Crédit photo : Reuters\n\n", "Reuters"),
        ("Die Masten ragen aus dem Wasser. Foto: dpa\n\n", "dpa"),
        ("Мачты торчат из воды. Фото: ТАСС\n\n", "TASS"),
    ] {
        let text = page(&ENGLISH, caption, " (Reuters)");
        assert_eq!(pictures(&text), [wanted], "{text}");
        assert_eq!(agencies(&text), ["Reuters"], "{text}");
    }
}
