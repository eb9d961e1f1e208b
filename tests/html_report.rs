//! The page that `trace --format html` writes: everything of the report is on it, nothing of an article becomes markup, and it fetches
//! nothing.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test writes and reads its files, and what it cannot do stops it")]

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const STORIES: [&str; 10] =
    ["cupfinal", "cyclerace", "ferry", "jetsmoke", "lido", "peacedeal", "plantfire", "ratecut", "takeover", "verdict"];

fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("html-report");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn run(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The page of some inputs, written to a file of this name.
fn page(inputs: &[&str], name: &str) -> String {
    let to = place(name);
    let printed = run(&[&["trace", "--format", "html", "-o", to.to_str().unwrap()], inputs].concat());
    assert!(printed.is_empty(), "all goes to the file");
    std::fs::read_to_string(to).unwrap()
}

fn json(inputs: &[&str]) -> serde_json::Value {
    serde_json::from_slice(&run(&[&["trace", "--format", "json"], inputs].concat())).unwrap()
}

/// One tag: its name and its attributes with their values as written.
type Tag<'a> = (&'a str, Vec<(&'a str, &'a str)>);

/// All tags of a page, read strictly: every `<` outside the style, the script and attribute values begins one.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap();
        let name = &rest[..name_end];
        rest = &rest[name_end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
                rest = after;
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).unwrap();
            assert!(end > 0, "no attribute of the templates: {}", rest.chars().take(60).collect::<String>());
            let key = &rest[..end];
            rest = &rest[end..];
            match rest.strip_prefix("=\"") {
                Some(after) => {
                    let close = after.find('"').unwrap();
                    attributes.push((key, &after[..close]));
                    rest = &after[close + 1..];
                }
                None => attributes.push((key, "")),
            }
        }
        found.push((name, attributes));
        if matches!(name, "style" | "script") {
            rest = &rest[rest.find("</").unwrap()..];
        }
    }
    found
}

/// Every tag and attribute that the templates use. What an article brought in would be none of these, or a link elsewhere.
fn assert_inert(page: &str) {
    const NAMES: &str = " a article b body button caption dd details div dl dt footer g h1 h2 h3 h4 h5 head header html i input label li \
        main mark meta nav option p path polygon rect script section select small span strong style sub summary sup svg table tbody \
        td text th thead title tr ul !DOCTYPE ";
    const ATTRIBUTES: &str = " aria-controls aria-hidden aria-label aria-labelledby aria-live autocomplete charset class colspan content \
        d data-agencies data-altered data-ends data-relations data-shows dir for height href html http-equiv id lang name open \
        placeholder points role rx scope tabindex type value viewBox width x y ";
    let found = tags(page);
    assert!(found.len() > 100);
    for (name, attributes) in &found {
        let bare = name.trim_start_matches('/');
        assert!(NAMES.contains(&format!(" {bare} ")), "<{name}> is no tag of the templates");
        for (key, value) in attributes {
            assert!(ATTRIBUTES.contains(&format!(" {key} ")), "{key} of <{name}> is no attribute of the templates");
            let own = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ' ';
            match *key {
                "href" => assert!(value.starts_with('#') && value[1..].chars().all(own), "{value}"),
                "id" | "for" | "class" | "data-shows" | "data-ends" | "data-agencies" | "data-relations" | "aria-controls" => {
                    assert!(value.chars().all(own), "{key}={value}");
                }
                _ => {}
            }
        }
    }
    let scripts: Vec<&str> = page.split("<script").skip(1).map(|s| s.split("</script>").next().unwrap()).collect();
    assert_eq!(scripts.iter().filter(|s| s.starts_with('>')).count(), 1, "one script of our own");
    for data in scripts.iter().filter_map(|s| s.strip_prefix(" type=\"application/json\" class=\"readings\">")) {
        assert!(data.chars().all(|c| c.is_ascii_alphanumeric() || "[]{},:\"".contains(c)), "data is numbers: {data}");
    }
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let script = scripts.iter().find(|s| s.starts_with('>')).unwrap();
    for outside in ["http:", "https:", "//cdn", "@import", "url(", "@font-face", "src="] {
        assert!(!style.contains(outside) && !script.contains(outside), "{outside}");
    }
    for api in ["innerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!script.contains(api), "the script uses {api}");
    }
    for hidden in ['\u{202e}', '\u{2066}', '\u{7}', '\u{0}', '\u{feff}'] {
        assert!(!page.contains(hidden), "{hidden:?}");
    }
}

#[test]
fn the_newsrooms_are_on_one_page() {
    let folders: Vec<String> = STORIES.iter().map(|s| format!("tests/newsrooms/{s}/*.txt")).collect();
    let inputs: Vec<&str> = folders.iter().map(String::as_str).collect();
    let (page, report) = (page(&inputs, "newsrooms.html"), json(&inputs));
    assert_inert(&page);
    let documents = report["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 70);
    assert!(page.len() < 1_000_000 * documents.len() / 100, "{} bytes for {} documents", page.len(), documents.len());
    let found = tags(&page);
    let has = |key: &str, value: &str| found.iter().filter(|t| t.1.contains(&(key, value))).count();
    for (i, d) in documents.iter().enumerate() {
        assert_eq!(has("id", &format!("d{i}")), 1);
        assert!(page.contains(&format!(">{}</p>", d["id"].as_str().unwrap())), "{}", d["id"]);
    }
    let derivations = report["clusters"].as_array().unwrap().iter().filter(|c| c["kind"] == "derivation");
    let (mut edges, mut unseen, mut disputed) = (0, 0, 0);
    for (i, cluster) in derivations.enumerate() {
        assert_eq!(has("id", &format!("c{}", i + 1)), 1);
        for (j, edge) in cluster["derivations"].as_array().unwrap().iter().enumerate() {
            edges += 1;
            let id = format!("c{}e{j}", i + 1);
            assert_eq!((has("id", &id), has("data-shows", &id)), (1, 1), "an edge and its evidence");
            let evidence =
                page.split(&format!("<section class=\"evidence\" id=\"{id}\"")).nth(1).unwrap().split("</section>").next().unwrap();
            assert!(evidence.contains(&format!("Probability {:.2}", edge["probability"].as_f64().unwrap())));
            for reason in edge["evidence"].as_array().unwrap() {
                assert!(evidence.contains(reason["text"].as_str().unwrap()), "{reason}");
            }
        }
        unseen += usize::from(cluster["origin"]["agency"].is_string());
        disputed += cluster["disputed"].as_array().unwrap().len();
    }
    assert!(edges >= 25 && unseen >= 3 && disputed >= 50, "{edges} {unseen} {disputed}");
    assert_eq!(page.matches("The agency's own copy is not among the documents: ").count(), unseen);
    let conflicts = documents.iter().filter(|d| d["story_date"]["conflicts_with_page_date"] == true && !d["page_date"].is_null()).count();
    assert_eq!(page.matches("⚑ the text contradicts this date").count(), conflicts);
    assert!(page.contains("no text credit found on the scraped page"));
    assert!(page.matches("<td class=\"kept\">= kept</td>").count() > 3);
    for (symbol, mark) in [("≈", "reworded"), ("≠", "altered"), ("+", "added"), ("−", "dropped")] {
        assert!(page.matches(&format!("<b><i>{symbol}</i> {mark}</b>")).count() > 3, "{mark}");
    }
}

/// Two articles, one made of the other, whose every field tries to get out of its place.
fn hostile() -> PathBuf {
    let attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" onload=\"alert(3) ' --> {{ 7*7 }} \u{202e}txt.exe\u{7}";
    let story = |n: u32, injuries: &str| {
        format!(
            "LINDAU CROSS, May 6 (AFP) — The glassworks at Lindau Cross will reopen after the flood, its director </div></script> said.\n\n\
             \"A furnace does not like to move <script>alert(4)</script> and we moved it twice,\" Marta Olsen told reporters on Monday.\n\n\
             The flood left {injuries} workers hurt and closed the works for nine weeks <!-- <style>*{{display:none}}</style>.\n\n\
             The plant made 120 tonnes of window glass a day before the river rose; it will make 80 tonnes from June, she added.\n\n\
             Insurers put the damage at $10.6 million, among the highest in the valley since the storm of 1987 \u{202e}{n}.\n\n— AFP\n"
        )
    };
    let lines: Vec<String> = [("14", 1), ("41", 2)]
        .iter()
        .map(|(injuries, n)| {
            serde_json::json!({
                "id": format!("{attack} {n}"),
                "title": format!("<script>alert(1)</script> {attack}"),
                "publisher": format!("{attack} Daily {n}"),
                "url": format!("javascript:alert(5)//{attack}/{n}"),
                // markup in a text is read as a page: what is to stay text stands escaped
                "text": story(*n, injuries).split("\n\n").map(|p| format!("<p>{}</p>", p.replace('<', "&lt;"))).collect::<String>(),
            })
            .to_string()
        })
        .collect();
    let path = place("hostile.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    path
}

#[test]
fn what_articles_bring_stays_text() {
    let page = page(&[hostile().to_str().unwrap()], "hostile.html");
    assert_inert(&page);
    assert_eq!(page.matches("class=\"cluster\"").count(), 1, "the two are one cluster, so their texts are on the page");
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "the title is there, as text");
    assert!(page.contains("&#60;script&#62;alert(4)&#60;/script&#62;") && page.contains("{{ 7*7 }}"));
}

#[test]
fn the_browser_is_told_to_run_nothing_else() {
    let page = page(&["seeds/*.txt"], "seeds.html");
    let policy = tags(&page).into_iter().find(|t| t.1.contains(&("http-equiv", "Content-Security-Policy"))).unwrap();
    let policy = policy.1.iter().find(|a| a.0 == "content").unwrap().1.replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(!policy.contains("unsafe"));
    for (tag, directive, constant) in [("style", "style-src", "STYLE_HASH"), ("script", "script-src", "SCRIPT_HASH")] {
        let block = page.split(&format!("<{tag}>")).nth(1).unwrap().split(&format!("</{tag}>")).next().unwrap();
        let wanted = format!("sha256-{}", base64(&Sha256::digest(block.as_bytes())));
        assert!(policy.contains(&format!("{directive} '{wanted}'")), "{constant} in render/html/page.rs must be \"{wanted}\"");
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let group = three.iter().enumerate().fold(0_u32, |g, (i, b)| g | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            out.push(if i <= three.len() { char::from(LETTERS[(group >> (18 - 6 * i) & 63) as usize]) } else { '=' });
        }
    }
    out
}

#[test]
fn a_collection_without_copies_has_a_page_too() {
    let page = page(&["tests/cmd/inputs/desk/wire.txt"], "single.html");
    assert_inert(&page);
    assert!(page.contains("No document derives from another") && page.contains("id=\"d0\""));
}
