use super::*;
use crate::extract::{Credit, CreditPosition};
use crate::report::ClusterKind;
use jiff::civil::date;

fn document(id: &str, publisher: &str, credit: Option<&str>, day: Option<i8>) -> DocumentRow {
    let credits = credit.map(|agency| Credit { agency: agency.into(), position: CreditPosition::EndOfBody, span: None, stated: None });
    DocumentRow {
        id: id.into(),
        path: None,
        title: None,
        publisher: (!publisher.is_empty()).then(|| publisher.into()),
        url: None,
        language: None,
        words: 100,
        page_date: day.map(|d| date(2026, 3, d)),
        page_date_origin: None,
        page_dates: Vec::new(),
        story_date: None,
        text_hash: String::new(),
        flags: Vec::new(),
        credits: credits.into_iter().collect(),
        photo_credits: Vec::new(),
        blocks: Vec::new(),
        text: None,
    }
}

fn edge(from: Origin, to: &str, directed: bool, probability: f64) -> DerivationRow {
    DerivationRow { from, to: to.into(), probability, directed, evidence: Vec::new() }
}

fn from(id: &str) -> Origin {
    Origin::Document(id.into())
}

fn cluster(derivations: Vec<DerivationRow>) -> ClusterRow {
    ClusterRow { kind: ClusterKind::Derivation, members: Vec::new(), origin: None, derivations, disputed: Vec::new() }
}

/// Own, credited, no credit found, other outlet, undecided.
fn counts(row: &OutletRow) -> [usize; 5] {
    [row.own, row.wire_credited, row.wire_no_credit_found, row.other_outlet, row.undecided]
}

fn of<'r>(rows: &'r [OutletRow], name: &str) -> &'r OutletRow {
    rows.iter().find(|r| r.outlet.as_deref() == Some(name)).unwrap_or_else(|| unreachable!("{name} has a row"))
}

#[test]
fn a_credit_on_the_way_back_makes_it_agency_copy() {
    let documents = [
        document("a", "Post", Some("AFP"), Some(2)),
        document("b", "Echo", None, Some(4)),
        document("c", "Mirror", None, Some(9)),
        document("d", "post", None, None),
    ];
    let clusters = [cluster(vec![edge(from("a"), "b", true, 0.9), edge(from("b"), "c", true, 0.8)])];
    let (outlets, agencies) = summary(&documents, &clusters, &[]);
    assert_eq!(counts(of(&outlets, "Post")), [1, 1, 0, 0, 0], "one outlet however its name is written");
    assert_eq!(counts(of(&outlets, "Echo")), [0, 0, 1, 0, 0]);
    assert_eq!(counts(of(&outlets, "Mirror")), [0, 0, 1, 0, 0]);
    assert_eq!(of(&outlets, "Echo").median_delay_days, Some(2.0));
    assert_eq!((of(&outlets, "Post").share_own, of(&outlets, "Post").share_wire_credited), (0.5, 0.5));
    let afp = &agencies[0];
    assert_eq!((afp.agency.as_str(), afp.credited, afp.no_credit_found, afp.outlets, afp.dated), ("AFP", 1, 2, 3, 2));
    assert_eq!((afp.share_no_credit_found, afp.median_delay_days), (0.6667, Some(3.5)));
}

#[test]
fn what_is_open_is_counted_as_open() {
    let documents = [document("a", "Post", None, None), document("b", "Echo", None, None), document("c", "Mirror", None, None)];
    for doubtful in [edge(from("a"), "b", false, 0.9), edge(from("a"), "b", true, 0.3), edge(Origin::Agency("AP".into()), "b", true, 0.4)] {
        let (outlets, agencies) = summary(&documents, &[cluster(vec![doubtful])], &[]);
        assert_eq!(counts(of(&outlets, "Echo")), [0, 0, 0, 0, 1]);
        assert_eq!(counts(of(&outlets, "Mirror")), [1, 0, 0, 0, 0]);
        assert!(agencies.is_empty());
    }
}

#[test]
fn outlets_copy_from_outlets_and_from_themselves() {
    let documents = [document("a", "Post", None, None), document("b", "Echo", None, None), document("c", "Echo", None, None)];
    let clusters = [cluster(vec![edge(from("a"), "b", true, 0.9)]), cluster(vec![edge(from("c"), "x", true, 0.9)])];
    let (outlets, _) = summary(&documents, &clusters, &[]);
    assert_eq!(counts(of(&outlets, "Echo")), [1, 0, 0, 1, 0]);
    let again = [cluster(vec![edge(from("b"), "c", true, 0.9)])];
    assert_eq!(counts(of(&summary(&documents, &again, &[]).0, "Echo")), [2, 0, 0, 0, 0], "an update of one's own text is one's own");
    let circle = [cluster(vec![edge(from("b"), "a", true, 0.9), edge(from("a"), "b", true, 0.9)])];
    assert_eq!(counts(of(&summary(&documents, &circle, &[]).0, "Post")), [0, 0, 0, 1, 0], "a circle ends");
}

#[test]
fn an_agency_has_its_own_pages() {
    let documents =
        [document("a", "afp", Some("AFP"), Some(1)), document("b", "Echo", None, Some(1)), document("c", "Sun", Some("AFP"), None)];
    let (outlets, agencies) = summary(&documents, &[cluster(vec![edge(from("a"), "b", true, 0.9)])], &[]);
    assert_eq!(counts(of(&outlets, "afp")), [1, 0, 0, 0, 0]);
    assert_eq!((agencies[0].own_copies, agencies[0].credited, agencies[0].no_credit_found), (1, 1, 1));
}

#[test]
fn walls_and_older_versions_are_no_documents_of_an_outlet() {
    let mut wall = document("a", "Post", None, None);
    wall.flags.push("non_article".into());
    let documents = [wall, document("b", "Post", None, None), document("c", "Post", None, None)];
    let versions = [VersionsRow { url: "x.org/1".into(), members: vec!["b".into(), "c".into()], chosen: "c".into() }];
    assert_eq!(summary(&documents, &[], &versions).0[0].documents, 1);
}

#[test]
fn the_outlet_is_printed_or_is_the_host() {
    let named = |id: &str, publisher: &str, url: Option<&str>| {
        let mut d = document(id, publisher, None, None);
        d.url = url.map(str::to_owned);
        outlet(&d)
    };
    assert_eq!(named("x/1.txt", " The  Post ", Some("https://www.post.example/a/b")).as_deref(), Some("The Post"));
    assert_eq!(named("x/1.txt", "", Some("https://www.post.example/a/b")).as_deref(), Some("post.example"));
    assert_eq!(named("pages/www.post.example/1.txt", "", None).as_deref(), Some("post.example"));
    assert_eq!(named("ferry/d1.txt", "", None), None, "a folder that is no host says nothing");
    assert_eq!(named("v1.2/1.txt", "", None), None);
}
