//! Where two texts differ, character by character: the longest common subsequence (Wagner and Fischer 1974) is what they share.
//!
//! Pure. What is not known is no text, so it has no differences here.

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its characters.
    pub text: String,
    /// Whether the other text lacks them.
    pub differs: bool,
}

/// From how many characters on nobody looks for what two texts share: a name is never that long.
const LONGEST: usize = 200;

/// Both texts, cut where they begin or cease to differ. Letters that differ in case or accent alone differ.
pub fn pieces(a: &str, b: &str) -> [Vec<Piece>; 2] {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) > LONGEST {
        let differs = a != b;
        return [a, b].map(|text| vec![Piece { text: text.into_iter().collect(), differs }]);
    }
    let shared = shared(&a, &b);
    let of = |text: &[char], side: fn(&(usize, usize)) -> usize| {
        let kept: Vec<usize> = shared.iter().map(side).collect();
        cut(text, &kept)
    };
    [of(&a, |pair| pair.0), of(&b, |pair| pair.1)]
}

/// The places of what two texts share, in order.
fn shared(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    // How much the rests from each two places on share.
    let mut rests = vec![0_usize; (a.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for (i, one) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            rests[at(i, j)] =
                if one == other { rests[at(i + 1, j + 1)] + 1 } else { rests[at(i + 1, j)].max(rests[at(i, j + 1)]) };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if rests[at(i + 1, j)] >= rests[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

fn cut(text: &[char], kept: &[usize]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (place, letter) in text.iter().enumerate() {
        let differs = kept.binary_search(&place).is_err();
        match pieces.last_mut().filter(|last| last.differs == differs) {
            Some(last) => last.text.push(*letter),
            None => pieces.push(Piece { text: letter.to_string(), differs }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(a: &str, b: &str) -> [String; 2] {
        pieces(a, b).map(|pieces| {
            let piece = |piece: Piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text };
            pieces.into_iter().map(piece).collect()
        })
    }

    #[test]
    fn only_what_differs_is_marked() {
        assert_eq!(marked("Yıldız", "Yildiz"), ["Y[ı]ld[ı]z", "Y[i]ld[i]z"]);
        assert_eq!(marked("Jansen", "Janssen"), ["Jansen", "Jans[s]en"]);
        assert_eq!(marked("1987-11-02", "1987-02-11"), ["1987-[11-]02", "1987-02[-11]"]);
        assert_eq!(marked("Bos", "Bos"), ["Bos", "Bos"]);
        assert_eq!(marked("Bos", "Kat"), ["[Bos]", "[Kat]"]);
        assert_eq!(marked("", "Kat"), ["", "[Kat]"]);
    }

    #[test]
    fn nothing_of_a_text_is_lost() {
        for (a, b) in [("El Amrani", "Jansen-El Amrani"), ("", ""), ("a".repeat(300).as_str(), "b")] {
            let whole = pieces(a, b).map(|pieces| pieces.into_iter().map(|piece| piece.text).collect::<String>());
            assert_eq!(whole, [a, b]);
        }
    }
}
