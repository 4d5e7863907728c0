//! Digits of numbers.

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

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn integers() {
        for value in [0, 7, 10, 99, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            write(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
