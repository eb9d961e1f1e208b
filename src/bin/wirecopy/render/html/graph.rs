//! Where the boxes and lines of a lineage stand: a layered tree from left to right, from the origin to the copies.

use super::super::layout::columns;
use super::plain::Plain;

/// Width and height of a box, and the room that one takes.
pub(super) const BOX: (i64, i64) = (196, 64);
const STEP: (i64, i64) = (290, 80);
const MARGIN: i64 = 6;
/// Room between a box and its text.
pub(super) const INSET: i64 = 10;
/// Rows are counted in halves, so that a box can stand between two others.
const HALF: i64 = STEP.1 / 2;

/// The start of a text that fits a line of a box in letters of this height, by how wide letters usually are: the page cannot ask the
/// font, and a name must not run out of its box in any.
pub(super) fn fit(text: &Plain, height: f64) -> Plain {
    let width = |c: char| {
        height
            * match c {
                'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' | '-' | '/' => {
                    0.36
                }
                'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 0.96,
                c if c.is_ascii_uppercase() => 0.71,
                c if c.is_ascii() => 0.59,
                c if columns(c.encode_utf8(&mut [0; 4])) == 2 => 1.05,
                c if c.is_uppercase() => 0.78,
                _ => 0.62,
            }
    };
    let text = text.to_string();
    let room = (BOX.0 - 2 * INSET) as f64;
    if text.chars().map(width).sum::<f64>() <= room {
        return Plain::from(text);
    }
    let mut used = width('…');
    let end = text.char_indices().find(|&(_, c)| {
        used += width(c);
        used > room
    });
    Plain::from(text[..end.map_or(text.len(), |e| e.0)].trim_end().to_owned() + "…")
}

/// Place of one box: its layer, and its row in halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) layer: usize,
    pub(super) row: usize,
}

impl Place {
    /// Left edge.
    pub(super) fn x(self) -> i64 {
        MARGIN + self.layer as i64 * STEP.0
    }

    /// Upper edge.
    pub(super) fn y(self) -> i64 {
        MARGIN + self.row as i64 * HALF
    }
}

/// Places of `nodes` boxes: each under the first edge that leads to it, one layer further right. What no edge leads to
/// is a root; of edges that go in a circle, those that close it are left out of the tree.
pub(super) fn layered(nodes: usize, edges: &[(usize, usize)]) -> Vec<Place> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut has_parent = vec![false; nodes];
    for &(from, to) in edges {
        if from != to && !std::mem::replace(&mut has_parent[to], true) {
            children[from].push(to);
        }
    }
    let mut places: Vec<Option<Place>> = vec![None; nodes];
    let mut order = Vec::with_capacity(nodes);
    let mut leaves = 0;
    // Roots first; what is left then stands in a circle and is entered at its first node.
    for root in (0..nodes).filter(|&n| !has_parent[n]).chain(0..nodes) {
        let mut stack = vec![(root, 0)];
        while let Some((node, layer)) = stack.pop() {
            if places[node].is_some() {
                continue;
            }
            places[node] = Some(Place { layer, row: 0 });
            order.push(node);
            children[node].retain(|&c| places[c].is_none());
            stack.extend(children[node].iter().rev().map(|&c| (c, layer + 1)));
            if children[node].is_empty() {
                places[node] = Some(Place { layer, row: 2 * leaves });
                leaves += 1;
            }
        }
    }
    let mut places: Vec<Place> = places.into_iter().map(|p| p.unwrap_or(Place { layer: 0, row: 0 })).collect();
    for &node in order.iter().rev() {
        if let (Some(&first), Some(&last)) = (children[node].first(), children[node].last()) {
            places[node].row = usize::midpoint(places[first].row, places[last].row);
        }
    }
    places
}

/// Width and height of the drawing.
pub(super) fn size(places: &[Place]) -> (i64, i64) {
    let right = places.iter().map(|p| p.x() + BOX.0).max().unwrap_or(0);
    let low = places.iter().map(|p| p.y() + BOX.1).max().unwrap_or(0);
    (right + MARGIN, low + MARGIN)
}

/// A line from one box to another, the corners of its arrow head, and where its label stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) path: String,
    pub(super) head: String,
    pub(super) label: (i64, i64),
}

/// The line between two boxes.
pub(super) fn line(from: Place, to: Place) -> Line {
    let (x1, y1) = (from.x() + BOX.0, from.y() + BOX.1 / 2);
    let (x2, y2) = (to.x(), to.y() + BOX.1 / 2);
    let tip = x2 - 9;
    if x2 > x1 {
        // Bends before the label, so that labels of edges from one box stand in one column, each at the height of its copy.
        let bend = (x1 + 44).min(tip);
        return Line {
            path: format!("M{x1} {y1}C{} {y1} {} {y2} {bend} {y2}H{tip}", x1 + 24, x1 + 20),
            head: format!("{x2},{y2} {tip},{} {tip},{}", y2 - 5, y2 + 5),
            label: (i64::midpoint(bend, tip), y2),
        };
    }
    // Backwards or within a layer: around the right of both.
    let out = x1.max(x2 + BOX.0) + 40;
    let x2 = x2 + BOX.0;
    Line {
        path: format!("M{x1} {y1}C{out} {y1} {out} {y2} {} {y2}", x2 + 9),
        head: format!("{x2},{y2} {},{} {},{}", x2 + 9, y2 - 5, x2 + 9, y2 + 5),
        label: (out - 14, i64::midpoint(y1, y2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_apart(places: &[Place]) {
        for (i, a) in places.iter().enumerate() {
            for b in &places[i + 1..] {
                assert!(a.layer != b.layer || a.row.abs_diff(b.row) >= 2, "{a:?} lies on {b:?}");
            }
        }
    }

    #[test]
    fn copies_stand_right_of_their_source_and_apart() {
        let edges = [(0, 1), (1, 2), (1, 3), (0, 4), (3, 5), (3, 6)];
        let places = layered(8, &edges);
        for (from, to) in edges {
            assert_eq!(places[to].layer, places[from].layer + 1);
        }
        assert_eq!(places[7].layer, 0, "what no edge leads to is a root");
        assert_apart(&places);
        let (width, height) = size(&places);
        assert!(places.iter().all(|p| p.x() + BOX.0 < width && p.y() + BOX.1 < height));
    }

    #[test]
    fn names_keep_to_their_box() {
        for (text, cut) in
            [("The Post", false), ("WESTERN MERIDIAN WORLD MAIL", true), ("朝日新聞デジタル版の記事一覧表示", true), ("iiii", false)]
        {
            let line = fit(&Plain::from(text), 13.5).to_string();
            assert_eq!(line.ends_with('…'), cut, "{line}");
            assert!(text.starts_with(line.trim_end_matches('…')));
        }
    }

    #[test]
    fn circles_and_second_parents_end() {
        let places = layered(5, &[(0, 1), (1, 2), (2, 0), (3, 4), (0, 4), (4, 4)]);
        assert_apart(&places);
        assert_eq!((places[3].layer, places[4].layer), (0, 1));
        assert_eq!([places[0].layer, places[1].layer, places[2].layer], [0, 1, 2]);
    }

    #[test]
    fn long_chains_take_no_stack() {
        let edges: Vec<(usize, usize)> = (0..50_000).map(|i| (i, i + 1)).collect();
        assert_eq!(layered(50_001, &edges).iter().map(|p| p.layer).max(), Some(50_000));
    }

    #[test]
    fn lines_go_from_box_to_box() {
        let there = line(Place { layer: 0, row: 0 }, Place { layer: 1, row: 4 });
        assert!(there.path.starts_with("M202 38") && there.head.starts_with("296,198"), "{there:?}");
        let back = line(Place { layer: 1, row: 0 }, Place { layer: 0, row: 2 });
        assert!(back.head.starts_with("202,118"), "{back:?}");
    }
}
