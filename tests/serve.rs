//! The service over a stored index: what every address answers, who may ask, what is refused.
#![cfg(feature = "serve")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test stops where something is not as it must be")]

#[expect(dead_code, reason = "the tests of its end use the rest of it")]
mod served;

use serde_json::{Value, json};
use served::{Folder, Served, connected, id, read, send, stories};
use std::io::Write;
use std::process::Command;
use std::time::Duration;

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";

fn lines(articles: &[Value]) -> String {
    articles.iter().map(|a| a.to_string() + "\n").collect()
}

/// The ids of some documents.
fn ids(documents: &Value) -> Vec<&str> {
    documents.as_array().unwrap().iter().map(|d| d["id"].as_str().unwrap()).collect()
}

#[test]
fn every_address_of_the_interface_answers() {
    let folder = Folder::new("interface");
    let served = Served::start(&folder.file("i"), &[]);
    let all = stories(8, 3);
    let first = served.add(&all[0][0]);
    assert_eq!((first.status, first.json()["added"].as_str()), (200, Some("new")));
    assert_eq!(served.add(&all[0][0]).json()["added"], "there");
    let rest = served.post("/v1/articles", JSON, Value::from(all[0][1..].to_vec()).to_string().as_bytes());
    assert_eq!(rest.json().as_array().unwrap().len(), all[0].len() - 1);
    let streamed: Vec<Value> = all[1..].concat();
    let told = served.post("/v1/articles", LINES, format!("{}\n{{\"no\": \"text\"}}\nno json\n", lines(&streamed)).as_bytes());
    let told = told.lines();
    assert_eq!(told.len(), streamed.len() + 3);
    assert_eq!(told[told.len() - 1], json!({ "done": true, "lines": streamed.len() + 2, "added": streamed.len(), "refused": 2 }));
    assert_eq!(
        (told[streamed.len()]["line"].as_u64(), told[streamed.len()]["error"].as_str()),
        (Some(streamed.len() as u64 + 2), Some("request"))
    );
    for (sent, told) in streamed.iter().zip(&told) {
        assert_eq!(sent["id"], told["id"], "in the order in which they were sent");
    }

    let listed = served.get("/v1/clusters?limit=3").json();
    assert_eq!(listed["clusters"].as_array().unwrap().len(), 3);
    let older = served.get(&format!("/v1/clusters?before={}", listed["next_before"])).json();
    assert!(older["clusters"][0]["newest"].as_i64() < listed["clusters"][2]["newest"].as_i64());
    let cluster = listed["clusters"][0]["cluster"].as_i64().unwrap();
    let members = served.get(&format!("/v1/clusters/{cluster}")).json();
    assert_eq!((members["count"].clone(), members["cluster"].as_i64()), (listed["clusters"][0]["documents"].clone(), Some(cluster)));
    let members = ids(&members["documents"]).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let traced = served.get(&format!("/v1/clusters/{cluster}/trace")).json();
    assert_eq!((traced["schema"].as_str(), ids(&traced["documents"]).len()), (Some("wirecopy.report/1"), members.len()));
    let quotes = served.get(&format!("/v1/clusters/{cluster}/quotes")).json();
    assert_eq!(quotes["schema"], "wirecopy.quotes/1");

    let one = served.get(&format!("/v1/articles/{}?text=true", members[0].replace('/', "%2F"))).json();
    let sent = all.concat().into_iter().find(|a| id(a) == members[0]).unwrap();
    assert_eq!((&one["document"]["text"], one["document"]["cluster"].as_i64()), (&sent["text"], Some(cluster)));
    assert!(!one["links"].as_array().unwrap().is_empty());
    let diff = served.get(&format!("/v1/diff?base={}&variant={}", members[0], members[1])).json();
    assert_eq!((diff["diffs"][0]["base"].as_str(), diff["diffs"][0]["variant"].as_str()), (Some(&*members[0]), Some(&*members[1])));

    let text = format!("{} And that was all for the day.", sent["text"].as_str().unwrap());
    let asked = served.post("/v1/query", JSON, json!({ "text": text }).to_string().as_bytes()).json();
    assert!(asked["found"].as_array().unwrap().iter().any(|f| f["document"]["id"] == members[0].as_str()), "{asked}");
    assert!(asked["id"].as_str().unwrap().starts_with("text-"));
    let documents = served.get("/v1/info").json()["documents"].as_u64().unwrap();
    assert_eq!(documents as usize, all.concat().len(), "a question leaves nothing");

    let publisher = sent["publisher"].as_str().unwrap().replace(' ', "+");
    let found = served.get(&format!("/v1/articles?publisher={publisher}&clustered=true&limit=500")).json();
    assert!(ids(&found["documents"]).contains(&&*members[0]));
    let counted = served.get(&format!("/v1/publisher?name={publisher}")).json();
    assert!(counted["in_clusters"].as_u64() > Some(0) && counted["articles"].as_u64() >= counted["in_clusters"].as_u64());
    assert_eq!(served.get("/health").json()["status"], "ok");
    assert_eq!(served.get("/openapi.json").json()["openapi"], "3.1.0");
    let metrics = served.get("/metrics").body;
    assert!(metrics.contains(&format!("wirecopy_articles_new_total {documents}\n")), "{metrics}");
    assert!(metrics.contains("wirecopy_requests_total{method=\"POST\",route=\"/v1/articles\",status=\"200\"} 4\n"));
    assert!(metrics.contains("wirecopy_request_seconds_bucket{route=\"/v1/articles/{id}\",le=\"+Inf\"} 1\n"));
}

#[test]
fn a_cluster_that_went_into_another_answers_with_it() {
    let folder = Folder::new("merged");
    // Of some stories those come first that are brought together by later ones.
    let mut all = stories(40, 7).concat();
    all.reverse();
    let served = Served::start(&folder.file("i"), &[]);
    let some = |some: &[Value]| served.post("/v1/articles", JSON, Value::from(some.to_vec()).to_string().as_bytes()).json();
    let then: Vec<i64> =
        all.chunks(4).flat_map(|c| some(c).as_array().unwrap().clone()).map(|row| row["cluster"].as_i64().unwrap()).collect();
    let cluster = |a: &Value| served.get(&format!("/v1/articles/{}", id(a))).json()["document"]["cluster"].as_i64().unwrap();
    let asked = |cluster: i64| served.get(&format!("/v1/clusters/{cluster}")).json();
    let moved = all.iter().zip(&then).find(|(_, then)| asked(**then)["cluster"].as_i64() != Some(**then));
    let Some((article, &gone)) = moved else { panic!("no cluster went into another") };
    let kept = cluster(article);
    assert!(kept < gone);
    let answer = asked(gone);
    assert_eq!(
        (answer["asked"].as_i64(), answer["cluster"].as_i64(), answer["count"].as_u64()),
        (Some(gone), Some(kept), Some(ids(&answer["documents"]).len() as u64))
    );
    let page = served.get(&format!("/clusters/{gone}"));
    assert_eq!((page.status, page.header("location")), (307, Some(&*format!("/clusters/{kept}"))));
}

#[test]
fn only_own_names_own_pages_and_the_token_pass() {
    let folder = Folder::new("gate");
    let served = Served::start(&folder.file("i"), &["--host", "news.example"]);
    let article = stories(1, 1)[0][0].to_string();
    let port = served.address.rsplit_once(':').unwrap().1;
    let post = |headers: &[(&str, &str)]| {
        let headers = [&[("Content-Type", JSON)], headers].concat();
        send(&served.address, "POST", "/v1/articles", &headers, article.as_bytes()).unwrap().status
    };
    let localhost = format!("localhost:{port}");
    assert_eq!((post(&[]), post(&[("Host", &localhost)]), post(&[("Host", "news.example")])), (200, 200, 200));
    assert_eq!((post(&[("Host", "evil.example")]), post(&[("Host", &format!("evil.example:{port}"))])), (421, 421));
    assert_eq!((post(&[("Origin", "http://evil.example")]), post(&[("Origin", "null")])), (403, 403));
    assert_eq!(post(&[("Origin", &format!("http://{localhost}"))]), 200);
    let get = send(&served.address, "GET", "/", &[("Host", "evil.example")], b"").unwrap();
    assert_eq!(get.status, 421);

    let token = "a-token-of-some-length";
    std::fs::write(folder.file("token"), format!("{token}\n")).unwrap();
    let guarded = Served::start(&folder.file("i"), &["--token-file", folder.file("token").to_str().unwrap()]);
    let get = |path: &str, authorization: &str| send(&guarded.address, "GET", path, &[("Authorization", authorization)], b"").unwrap();
    let refused = guarded.get("/v1/info");
    assert_eq!((refused.status, refused.json()["error"].as_str()), (401, Some("token")));
    assert!(refused.header("www-authenticate").is_some());
    for path in ["/", "/metrics", "/openapi.json", "/no/such", "/assets/site.css"] {
        assert_eq!(guarded.get(path).status, 401, "{path}");
        assert_ne!(get(path, &format!("Bearer {token}")).status, 401, "{path}");
    }
    assert_eq!((get("/v1/info", "Bearer another-token-of-it").status, guarded.get("/health").status), (401, 200));

    for arguments in [&["--listen", "0.0.0.0:0"][..], &["--listen", "0.0.0.0:0", "--token", "short"]] {
        let told = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
            .arg("serve")
            .args(arguments)
            .arg("--index")
            .arg(folder.file("i"))
            .output()
            .unwrap();
        assert_eq!(told.status.code(), Some(2), "{told:?}");
        assert!(String::from_utf8_lossy(&told.stderr).contains("token"));
    }
}

#[test]
fn what_is_too_large_too_slow_or_malformed_is_refused() {
    let folder = Folder::new("limits");
    let served = Served::start(&folder.file("i"), &["--max-body", "65536", "--max-line", "8192", "--timeout", "1"]);
    let long = json!({ "id": "long", "text": "word ".repeat(20_000) }).to_string();
    let address = &served.address;
    assert_eq!(served.post("/v1/articles", JSON, long.as_bytes()).status, 413);
    let chunked = format!(
        "POST /v1/query HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    assert_eq!(served.raw(chunked.as_bytes()), Some(413));
    let some = stories(1, 2)[0][0].clone();
    let told = served.post("/v1/articles", LINES, format!("{some}\n{long}\n{some}\n").as_bytes()).lines();
    assert_eq!(
        (told[0]["added"].as_str(), told[1]["done"].as_bool(), told[1]["error"].as_str()),
        (Some("new"), Some(false), Some("too_large"))
    );
    let many = format!("[{}1]", "1,".repeat(2_000));
    assert_eq!(served.post("/v1/articles", JSON, many.as_bytes()).status, 413);

    let deep = format!("{{\"text\": {}{}}}", "[".repeat(5_000), "]".repeat(5_000));
    for body in
        ["", "{", "nothing", "null", "[1]", "{}", "{\"text\": 7}", "{\"text\": \"\"}", "{\"text\": \"a\", \"id\": \"a\\u0000b\"}", &deep]
    {
        for path in ["/v1/articles", "/v1/query"] {
            let answer = served.post(path, JSON, body.as_bytes());
            assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("request")), "{path} {body:.40}");
        }
    }
    assert_eq!(served.post("/v1/articles", JSON, b"{\"text\": \"\xff\xfe\"}").status, 400);
    assert_eq!(served.post("/v1/articles", "text/plain", some.to_string().as_bytes()).status, 415);
    assert_eq!(send(address, "DELETE", "/v1/articles", &[], b"").unwrap().status, 405);
    assert_eq!(send(address, "PUT", "/v1/query", &[], b"").unwrap().json()["error"], "method");
    for path in [
        "/v1/articles?limit=0",
        "/v1/articles?limit=x",
        "/v1/articles?nothing=1",
        "/v1/clusters?before=9e9",
        "/v1/clusters/x",
        "/v1/clusters/-1",
        "/v1/diff?base=a",
        "/v1/articles/%ff",
        "/v1/articles?title=a&title=b",
        "/clusters/x",
        "/search?before=x",
    ] {
        assert_eq!(served.get(path).status, 400, "{path}");
    }
    for path in [
        "/v1/articles/none",
        "/v1/clusters/99999",
        "/v1/nothing",
        "/nothing",
        "/article?id=none",
        "/publisher?name=none",
        "/assets/..%2Fsite.css",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    for bytes in [
        &b"no http\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /v1/query HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        let status = served.raw(&[bytes, b"\r\n\r\n"].concat());
        assert!(status.is_none_or(|s| (400..500).contains(&s)), "{status:?} {}", String::from_utf8_lossy(bytes));
    }
    let mut heads = connected(address);
    heads.write_all(format!("GET / HTTP/1.1\r\nHost: {address}\r\n{}\r\n", "X-Y: z\r\n".repeat(20_000)).as_bytes()).ok();
    assert!(read(&mut heads).map_or(true, |a| (400..500).contains(&a.status)));

    let mut slow = connected(address);
    slow.write_all(
        format!("POST /v1/query HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {JSON}\r\nContent-Length: 50\r\n\r\n{{")
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(read(&mut slow).unwrap().status, 408);
    let mut silent = connected(address);
    silent.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    assert!(read(&mut silent).map_or(true, |a| a.status == 408), "the connection ends");
    assert_eq!(served.get("/health").status, 200, "and all others are served");
}

#[test]
fn a_peer_that_asks_too_often_waits() {
    let folder = Folder::new("pace");
    let served = Served::start(&folder.file("i"), &["--rate", "5"]);
    let answers: Vec<_> = (0..15).map(|_| served.get("/openapi.json")).collect();
    let refused: Vec<_> = answers.iter().filter(|a| a.status == 429).collect();
    assert!(answers[..10].iter().all(|a| a.status == 200) && !refused.is_empty());
    assert_eq!(refused[0].header("retry-after"), Some("1"));
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(served.get("/openapi.json").status, 200);
}

#[test]
fn what_cannot_be_held_is_refused_and_taken_later() {
    let folder = Folder::new("pressure");
    let served = Served::start(&folder.file("i"), &[]);
    let begun = |bytes: usize| {
        let mut stream = connected(&served.address);
        let head = format!(
            "POST /v1/articles HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
            served.address,
            8 << 20
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&vec![b' '; bytes]).ok();
        stream
    };
    // Four bodies whose ends do not come take all the room but a little.
    let held: Vec<_> = (0..4).map(|_| begun((8 << 20) - 100)).collect();
    std::thread::sleep(Duration::from_millis(1_500));
    let refused = read(&mut begun(1 << 20)).unwrap();
    assert_eq!((refused.status, refused.json()["error"].as_str()), (503, Some("busy")));
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(served.get("/health").status, 200, "reading goes on");
    drop(held);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(served.add(&stories(1, 2)[0][0]).status, 200);
}

#[test]
fn pages_are_whole_escaped_and_guarded() {
    let folder = Folder::new("pages");
    let served = Served::start(&folder.file("i"), &[]);
    let attack = "</textarea></title><script>window.broken=1</script><img src=x onerror=alert(1)>";
    let mut all = stories(12, 5).concat();
    for (n, article) in all.iter_mut().enumerate() {
        article["title"] = format!("{attack} {}", article["title"].as_str().unwrap_or("")).into();
        article["publisher"] = format!("{attack} {}", n % 3).into();
        article["url"] = format!("javascript:alert({n})").into();
    }
    served.post("/v1/articles", LINES, lines(&all).as_bytes());
    let cluster = served.get("/v1/clusters").json()["clusters"][0]["cluster"].clone();
    let some = served.get(&format!("/v1/clusters/{cluster}")).json()["documents"][0].clone();
    let text = served.get(&format!("/v1/articles/{}?text=true", id(&some))).json()["document"]["text"].as_str().unwrap().to_owned();
    let form: String = url_form(&format!("{text} {}", attack.replace("<img", "< img")));
    let asked = served.post("/ask", "application/x-www-form-urlencoded", format!("text={form}").as_bytes());
    assert!(asked.body.contains("Answer") && asked.body.contains(&format!("/clusters/{cluster}")), "{}", asked.body);
    let mut pages: Vec<_> = [
        "/",
        "/clusters",
        "/search",
        "/search?title=script&publisher=",
        &format!("/clusters/{cluster}"),
        &format!("/clusters/{cluster}/quotes"),
        &format!("/article?id={}", id(&some)),
        &format!("/publisher?name={}", url_form(&format!("{attack} 1"))),
        "/no/such/page",
    ]
    .iter()
    .map(|path| ((*path).to_owned(), served.get(path)))
    .collect();
    pages.push(("the answer".into(), asked));
    for (path, page) in &pages {
        assert_eq!(page.status, if path == "/no/such/page" { 404 } else { 200 }, "{path}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        assert!(page.body.contains("</html>") && page.body.contains("<main"), "{path}");
        for markup in ["<script>window", "<img", "javascript:alert(1)\"", "onclick", "style=\"", "</textarea></title>"] {
            assert!(!page.body.contains(markup), "{path}: {markup}");
        }
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!((page.header("x-content-type-options"), page.header("x-frame-options")), (Some("nosniff"), Some("deny")), "{path}");
    }
    let newest = served.get("/v1/clusters?limit=2").json();
    let older = served.get(&format!("/clusters?before={}", newest["clusters"][1]["newest"])).body;
    let listed = |cluster: &Value| older.contains(&format!("\"/clusters/{}\"", cluster["cluster"]));
    assert!(
        !newest["clusters"].as_array().unwrap().iter().any(listed) && older.contains("<li class=\"card\">"),
        "the next page of the list"
    );
    assert_eq!(served.post("/ask", "application/x-www-form-urlencoded", b"text=").status, 400);
    assert_eq!(served.get("/v1/info").header("referrer-policy"), Some("no-referrer"));
    assert!(served.get("/assets/site.css").body.contains("--bg") && served.get("/assets/site.js").body.contains("requestSubmit"));
}

fn url_form(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
