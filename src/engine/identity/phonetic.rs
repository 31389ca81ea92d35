//! Codes of words that sound alike. Each word has its own code, so the order of words counts; what is not a letter
//! counts for nothing, and letters with an ASCII form are taken as that.

use rphonetic::{DoubleMetaphone, Encoder, Soundex};

/// American Soundex, a letter and three digits a word: `Robert Tymczak` is `R163 T522`. Empty without letters.
pub fn soundex(value: &str) -> String {
    let encoder = Soundex::default();
    coded(value, |word| encoder.encode(word))
}

/// Double Metaphone, at most four characters a word: the first code and the alternate one.
pub fn double_metaphone(value: &str) -> [String; 2] {
    let encoder = DoubleMetaphone::default();
    [coded(value, |word| encoder.encode(word)), coded(value, |word| encoder.encode_alternate(word))]
}

fn coded(value: &str, encode: impl Fn(&str) -> String) -> String {
    // Only letters: an emoji has an ASCII form too, its name.
    let letters: String = value.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).collect();
    let plain = any_ascii::any_ascii(&letters);
    let words = plain.split_whitespace().map(|word| word.chars().filter(char::is_ascii_alphabetic).collect::<String>());
    let codes: Vec<String> = words.filter(|word| !word.is_empty()).map(|word| encode(&word)).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).filter(|code| !code.is_empty()).collect();
    codes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soundex_gives_the_codes_of_the_national_archives() {
        for (name, code) in
            [("Robert", "R163"), ("Rupert", "R163"), ("Ashcraft", "A261"), ("Tymczak", "T522"), ("Pfister", "P236")]
        {
            assert_eq!(soundex(name), code, "{name}");
        }
    }

    #[test]
    fn double_metaphone_gives_both_pronunciations() {
        assert_eq!(double_metaphone("Smith"), ["SM0", "XMT"]);
        assert_eq!(double_metaphone("Schmidt"), ["XMT", "SMT"]);
    }

    #[test]
    fn each_word_has_its_code_and_what_is_no_letter_none() {
        assert_eq!(soundex("José  O'Neill-2"), "J200 O540");
        assert_eq!(soundex("😀 42 ---"), "");
        assert_eq!(double_metaphone(""), ["", ""]);
    }
}
