//! What the documents of each outlet go back to, and what became of each agency's copy, as tables.

use super::super::outlets::{LOST, MANY, days, percent};
use super::plain::Plain;
use wirecopy::report::{AgencyRow, OutletRow, TraceReport};

/// Rows of each table; the JSON has all.
const LISTED: usize = 100;
/// Length of a whole bar.
const BAR: usize = 120;

/// One part of a bar: its class, where it begins and how long it is.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) class: &'static str,
    pub(super) x: usize,
    pub(super) width: usize,
}

#[derive(Debug)]
pub(super) struct Outlet {
    pub(super) name: Plain,
    pub(super) documents: usize,
    /// Number and share: own, with a credit, no credit found.
    pub(super) shares: [(usize, String); 3],
    pub(super) other: usize,
    pub(super) undecided: usize,
    pub(super) delay: String,
    pub(super) dated: usize,
    pub(super) bar: Vec<Piece>,
}

#[derive(Debug)]
pub(super) struct Agency {
    pub(super) name: Plain,
    pub(super) row: AgencyRow,
    pub(super) share: String,
    pub(super) delay: String,
}

/// Both tables.
#[derive(Debug)]
pub(super) struct Outlets {
    pub(super) outlets: Vec<Outlet>,
    pub(super) more_outlets: usize,
    pub(super) agencies: Vec<Agency>,
    pub(super) more_agencies: usize,
    pub(super) lost: &'static str,
}

pub(super) fn outlets(report: &TraceReport) -> Option<Outlets> {
    let named = report.outlets.iter().any(|o| o.outlet.is_some());
    (named || !report.agencies.is_empty()).then(|| Outlets {
        outlets: report.outlets.iter().take(if named { LISTED } else { 0 }).map(outlet).collect(),
        more_outlets: report.outlets.len().saturating_sub(LISTED),
        agencies: report.agencies.iter().take(LISTED).map(agency).collect(),
        more_agencies: report.agencies.len().saturating_sub(LISTED),
        lost: LOST,
    })
}

fn outlet(row: &OutletRow) -> Outlet {
    let parts = [
        ("own", row.own),
        ("credited", row.wire_credited),
        ("lost", row.wire_no_credit_found),
        ("other", row.other_outlet),
        ("open", row.undecided),
    ];
    let (mut bar, mut before) = (Vec::new(), 0);
    for (class, count) in parts {
        // Each end is rounded, not each length, so that a bar is never longer than all.
        let place = |n: usize| n * BAR / row.documents.max(1);
        let (x, end) = (place(before), place(before + count));
        if end > x {
            bar.push(Piece { class, x, width: end - x });
        }
        before += count;
    }
    let told = |share: f64| if row.documents < MANY { String::new() } else { percent(share) };
    Outlet {
        name: row.outlet.as_ref().map_or_else(|| Plain::from("outlet not known"), |name| Plain::cut(name, 60)),
        documents: row.documents,
        shares: [
            (row.own, told(row.share_own)),
            (row.wire_credited, told(row.share_wire_credited)),
            (row.wire_no_credit_found, told(row.share_wire_no_credit_found)),
        ],
        other: row.other_outlet,
        undecided: row.undecided,
        delay: days(row.median_delay_days),
        dated: row.dated,
        bar,
    }
}

fn agency(row: &AgencyRow) -> Agency {
    Agency {
        name: Plain::from(&row.agency),
        row: row.clone(),
        share: if row.credited + row.no_credit_found < MANY { String::new() } else { percent(row.share_no_credit_found) },
        delay: days(row.median_delay_days),
    }
}
