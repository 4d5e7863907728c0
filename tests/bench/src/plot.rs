//! The plot: dots on a logarithmic axis, one line a contest.

use crate::contest::Way;
use crate::report::Row;

const WIDTH: f64 = 760.0;
/// Where the axis begins and ends.
const LEFT: f64 = 210.0;
const RIGHT: f64 = 735.0;
const TOP: f64 = 64.0;
const LINE: f64 = 24.0;
/// What the axis begins and ends with, as powers of two.
const FIRST: i32 = -2;
const LAST: i32 = 4;

/// Shows every contest as ratios to code by hand.
pub fn svg(rows: &[Row]) -> String {
    let bottom = TOP + LINE * rows.len() as f64;
    let mut parts = vec![
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">"#,
            height = bottom + 16.0,
        ),
        r##"<rect width="100%" height="100%" fill="#ffffff"/>"##.to_owned(),
        text(12.0, 22.0, "start", "Processor time, code by hand = 1 (less is better)"),
    ];
    for (at, way) in [Way::Generated, Way::ByHand, Way::Rivals].into_iter().enumerate() {
        let x = 440.0 + 105.0 * at as f64;
        parts.push(dot(x, 18.0, way));
        parts.push(text(x + 10.0, 22.0, "start", way.name()));
    }
    for power in FIRST..=LAST {
        let x = place(2f64.powi(power));
        let colour = if power == 0 { "#444444" } else { "#dddddd" };
        parts.push(format!(r#"<path d="M{x:.1} {:.1}V{bottom:.1}" stroke="{colour}"/>"#, TOP - 12.0));
        let label = if power < 0 { format!("1/{}", 1 << -power) } else { (1 << power).to_string() };
        parts.push(text(x, TOP - 18.0, "middle", &label));
    }
    for (at, row) in rows.iter().enumerate() {
        let y = TOP + LINE * (at as f64 + 0.5);
        parts.push(text(LEFT - 14.0, y + 4.0, "end", row.name));
        parts.extend(row.scores.iter().map(|score| dot(place(score.ratio), y, score.way)));
    }
    parts.push("</svg>\n".to_owned());
    parts.join("\n")
}

/// Where a ratio is on the axis; what is beyond it, at its end.
fn place(ratio: f64) -> f64 {
    let share = (ratio.log2() - f64::from(FIRST)) / f64::from(LAST - FIRST);
    LEFT + (RIGHT - LEFT) * share.clamp(0.0, 1.0)
}

fn dot(x: f64, y: f64, way: Way) -> String {
    let colour = match way {
        Way::Generated => "#0072b2",
        Way::ByHand => "#777777",
        Way::Rivals => "#d55e00",
    };
    format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="5" fill="{colour}"/>"#)
}

fn text(x: f64, y: f64, anchor: &str, text: &str) -> String {
    format!(r##"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="#222222">{text}</text>"##)
}
