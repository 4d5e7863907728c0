//! Dates, times and durations (RFC 3339 section 5.6 and appendix A).

/// Takes exactly `N` digits from the front.
fn digits(text: &[u8], count: usize) -> Option<(u32, &[u8])> {
    let (front, rest) = text.split_at_checked(count)?;
    let number = front
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))?;
    Some((number, rest))
}

fn byte(text: &[u8], wanted: u8) -> Option<&[u8]> {
    text.split_first().filter(|(first, _)| **first == wanted).map(|(_, rest)| rest)
}

fn full_date(text: &[u8]) -> Option<&[u8]> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(byte(rest, b'-')?, 2)?;
    let (day, rest) = digits(byte(rest, b'-')?, 2)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=last).contains(&day).then_some(rest)
}

/// The minutes that local time is ahead of UTC, and what follows.
fn offset(text: &[u8]) -> Option<(i32, &[u8])> {
    let (sign, rest) = text.split_first()?;
    let sign = match sign {
        b'Z' | b'z' => return Some((0, rest)),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(rest, 2)?;
    let (minutes, rest) = digits(byte(rest, b':')?, 2)?;
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours < 24 && minutes < 60).then_some((sign * total, rest))
}

fn full_time(text: &[u8]) -> Option<&[u8]> {
    let (hours, rest) = digits(text, 2)?;
    let (minutes, rest) = digits(byte(rest, b':')?, 2)?;
    let (seconds, mut rest) = digits(byte(rest, b':')?, 2)?;
    if let Some(fraction) = byte(rest, b'.') {
        let count = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = fraction.get(count..).filter(|_| count > 0)?;
    }
    let (ahead, rest) = offset(rest)?;
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    // A leap second is inserted at the end of a day of UTC.
    let utc = i32::try_from(hours * 60 + minutes).ok()? - ahead;
    (seconds < 60 || utc.rem_euclid(24 * 60) == 24 * 60 - 1).then_some(rest)
}

/// `date-time`: RFC 3339 section 5.6.
pub fn is_date_time(text: &str) -> bool {
    let time = full_date(text.as_bytes()).and_then(|rest| byte(rest, b'T').or_else(|| byte(rest, b't')));
    time.and_then(full_time).is_some_and(<[u8]>::is_empty)
}

/// `date`: `full-date` of RFC 3339 section 5.6.
pub fn is_date(text: &str) -> bool {
    full_date(text.as_bytes()).is_some_and(<[u8]>::is_empty)
}

/// `time`: `full-time` of RFC 3339 section 5.6.
pub fn is_time(text: &str) -> bool {
    full_time(text.as_bytes()).is_some_and(<[u8]>::is_empty)
}

/// `duration`: RFC 3339 appendix A.
pub fn is_duration(text: &str) -> bool {
    let Some(body) = text.strip_prefix('P') else { return false };
    let (date, time) = match body.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (body, None),
    };
    match time {
        None => units(date, "YMD") || units(date, "W"),
        Some(time) => (date.is_empty() || units(date, "YMD")) && units(time, "HMS"),
    }
}

/// Whether the text is numbers with units that follow each other without a gap in `order`.
fn units(text: &str, order: &str) -> bool {
    let given: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let numbers = text.split_inclusive(|c: char| !c.is_ascii_digit()).all(|part| part.len() > 1);
    !given.is_empty() && order.contains(&given) && numbers && !text.ends_with(|c: char| c.is_ascii_digit())
}
