use super::*;
use crate::text::words;

fn found(text: &str) -> Vec<(&str, DateExpr)> {
    dates(text, &words(text, Span::new(0, text.len()))).into_iter().map(|d| (d.span.of(text), d.expr)).collect()
}

fn one(text: &str) -> DateExpr {
    let all = found(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all[0].1.clone()
}

const fn day(year: Option<i16>, month: u8, day: u8) -> DateExpr {
    DateExpr::Day { year, month, day }
}

#[test]
fn calendar_days() {
    for text in [
        "on April 7, 2024 in Oslo",
        "7 April 2024",
        "the 7th of April 2024",
        "Apr. 7 2024",
        "2024-04-07",
        "7 de abril de 2024",
        "le 7 avril 2024",
        "7. April 2024",
    ] {
        assert_eq!(one(text), day(Some(2024), 4, 7), "{text}");
    }
    assert_eq!(one("since April 7th they"), day(None, 4, 7));
    assert_eq!(one("25/04/2024"), day(Some(2024), 4, 25));
    assert_eq!(one("04/25/2024"), day(Some(2024), 4, 25));
    assert_eq!(one("25.04.2024"), day(Some(2024), 4, 25));
}

#[test]
fn figures_may_have_two_readings() {
    let text = "03/04/2024";
    let all = dates(text, &words(text, Span::new(0, text.len())));
    assert_eq!(all[0].expr, day(Some(2024), 4, 3));
    assert_eq!(all[0].other_reading, Some(day(Some(2024), 3, 4)));
}

#[test]
fn weekdays_keep_their_direction() {
    assert_eq!(one("on Friday the boat"), DateExpr::Weekday { day: 5, shift: 0 });
    assert_eq!(found("last Friday"), [("last Friday", DateExpr::Weekday { day: 5, shift: -1 })]);
    assert_eq!(found("Friday's storm"), [("Friday", DateExpr::Weekday { day: 5, shift: 0 })]);
    assert_eq!(found("the Fridays they loved, the sun sat"), []);
    assert_eq!(found("Friday morning").len(), 2);
}

#[test]
fn months_and_years() {
    assert_eq!(one("in October"), DateExpr::Month { year: None, month: 10 });
    assert_eq!(one("October 2019"), DateExpr::Month { year: Some(2019), month: 10 });
    assert_eq!(found("They may march on"), []);
    assert_eq!(found("May said that March would"), []);
    assert_eq!(one("since 1997 he"), DateExpr::Year(1997));
    assert_eq!(one("a 2017 report"), DateExpr::Year(2017));
    assert_eq!(found("2017 people and 1,997 dogs in 2017 houses"), []);
}

#[test]
fn clock_times() {
    let clock = |minutes, half_known| DateExpr::Clock(Clock { minutes, half_known });
    for text in ["4:52 am", "4.52am", "4:52 a.m.", "0452 GMT"] {
        assert_eq!(one(text), clock(292, true), "{text}");
    }
    assert_eq!(one("after 6pm"), clock(1080, true));
    assert_eq!(one("at noon"), clock(720, true));
    assert_eq!(one("at 12 a.m."), clock(0, true));
    assert_eq!(one("about two o'clock"), clock(120, false));
    assert_eq!(one("half past nine"), clock(570, false));
    assert_eq!(one("at 16:20 the"), clock(980, true));
    assert_eq!(found("won 3:2, up 4.52 percent, $10.30"), []);
}

#[test]
fn relative_times() {
    assert_eq!(one("said yesterday that"), DateExpr::RelativeDays(-1));
    assert_eq!(one("last night"), DateExpr::RelativeDays(-1));
    assert_eq!(one("last month"), DateExpr::RelativeMonths(-1));
    assert_eq!(one("this year's"), DateExpr::RelativeYears(0));
    assert_eq!(one("earlier this week"), DateExpr::Other("earlier this week".into()));
    assert_eq!(one("two weeks ago"), DateExpr::RelativeDays(-14));
}

#[test]
fn any_text_is_safe() {
    for text in ["", "12/", "May", "31/31/2026", "99:99", "2026-13-45", "é12é/é", "half past", "a ago", "٣/٤/٢٠٢٦"] {
        let _ = found(text);
    }
}

#[test]
fn hours_with_their_part_of_the_day() {
    let clock = |minutes| DateExpr::Clock(Clock { minutes, half_known: true });
    assert_eq!(found("before ten at night on the pier"), [("ten at night", clock(22 * 60))]);
    assert_eq!(found("by six in the morning"), [("six in the morning", clock(6 * 60))]);
    assert_eq!(found("at four in the afternoon"), [("four in the afternoon", clock(16 * 60))]);
    assert!(found("ten nights at sea").is_empty());
}
