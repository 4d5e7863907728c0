//! Digits of numbers.

/// Below this, integers are floats exactly, with room to spare.
const EXACT: f64 = 1e15;

/// Writes an integer.
pub(super) fn write(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut count = 0;
    // Two digits a division.
    for pair in digits.as_rchunks_mut::<2>().1.iter_mut().rev() {
        let low = (value % 100) as u8;
        *pair = [b'0' + low / 10, b'0' + low % 10];
        value /= 100;
        count += 2;
        if value == 0 {
            count -= usize::from(low < 10);
            break;
        }
    }
    out.extend_from_slice(digits.get(digits.len() - count..).unwrap_or_default());
}

/// Writes a float that has few decimals, as most that people meet have; whether it did.
///
/// Where `n` and the power of ten are floats exactly, `n / 10^k` is what the decimal reads as. With at most 15 digits
/// it is also the shortest that does.
pub(super) fn write_short(out: &mut Vec<u8>, value: f64) -> bool {
    let size = value.abs();
    for (decimals, scale) in [(0, 1.0), (3, 1e3), (8, 1e8)] {
        let scaled = size * scale + 0.5;
        if scaled >= EXACT || scaled.is_nan() {
            return false;
        }
        let whole = scaled.trunc();
        if whole / scale == size {
            if value.is_sign_negative() {
                out.push(b'-');
            }
            write_decimal(out, whole as u64, decimals);
            return true;
        }
    }
    false
}

/// Writes `value / 10^decimals` without trailing zeros.
fn write_decimal(out: &mut Vec<u8>, mut value: u64, mut decimals: u32) {
    while decimals > 0 && value.is_multiple_of(10) {
        value /= 10;
        decimals -= 1;
    }
    let scale = 10u64.pow(decimals);
    write(out, value / scale);
    if decimals > 0 {
        out.push(b'.');
        let mut rest = value % scale;
        let mut place = scale / 10;
        while place > 0 {
            out.push(b'0' + (rest / place) as u8);
            rest %= place;
            place /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{write, write_short};

    #[test]
    fn integers() {
        for value in [0, 7, 10, 99, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            write(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }

    #[test]
    fn short_floats_are_the_shortest() {
        for k in 0..=8 {
            for n in (0..200_000i64).step_by(37).chain([999_999_999_999, 123_456_789_012]) {
                for value in [n as f64 / 10f64.powi(k), -(n as f64) / 10f64.powi(k)] {
                    let mut out = Vec::new();
                    if write_short(&mut out, value) {
                        assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
                    }
                }
            }
        }
        let mut out = Vec::new();
        for value in [f64::NAN, f64::INFINITY, 1e15, 0.1 + 0.2, 1e-9] {
            assert!(!write_short(&mut out, value));
        }
        assert!(out.is_empty());
    }
}
