//! The administration number of the population register (A-nummer).
//!
//! It travels between registers and is no business of a court: nothing is ever known or matched by it here. It is read only
//! so that one which stands in the place of a citizen service number is called by its name.

/// Whether a text is an administration number: ten digits, the first no zero, no two neighbours alike, the sum of the digits
/// a multiple of eleven or five more than one, and the sum of the digits weighted by powers of two a multiple of eleven
/// (Logisch Ontwerp BRP).
pub fn is_a_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter(|c| !matches!(c, '.' | ' ')).map_while(|c| c.to_digit(10)).collect();
    let whole = text.chars().filter(|c| !matches!(c, '.' | ' ')).count() == digits.len();
    let weighted: u32 = digits.iter().take(10).zip(0..).map(|(digit, place)| digit << place).sum();
    whole
        && digits.len() == 10
        && digits.first() != Some(&0)
        && digits.windows(2).all(|pair| pair[0] != pair[1])
        && matches!(digits.iter().sum::<u32>() % 11, 0 | 5)
        && weighted.is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::is_a_number;

    #[test]
    fn a_number_is_told_by_its_digits() {
        for text in ["1010101025", "1010101291", "1 010 101 462"] {
            assert!(is_a_number(text), "{text}");
        }
        for text in
            ["", "0101010102", "1010101026", "1101010102", "101010102", "10101010250", "101010102a", "999991103"]
        {
            assert!(!is_a_number(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_shows(place in 0_usize..10, by in 1_u8..10) {
            let mut digits = *b"1010101025";
            digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
            prop_assert!(!is_a_number(std::str::from_utf8(&digits).unwrap()));
        }
    }
}
