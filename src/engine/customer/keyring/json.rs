//! The keyring of a customer as JSON text, written straight into one string: there may be a million of them.

use crate::engine::dictionary::Dictionary;

/// Ours: so many keys of a table are listed. The text stands in each row of the customer's keys: where one hot value
/// fused a hundred thousand, they would fill the disk a hundred thousand times.
const LISTED: usize = 100;

/// Texts one after the other, none of them empty.
#[derive(Default)]
pub struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub fn push_str(&mut self, part: &str) {
        self.text.push_str(part);
    }

    /// What was pushed since the last end is one text.
    pub fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    pub fn slices(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.text.get(start..end).unwrap_or_default())
    }

    /// Coded from 1 on, in their order; they must differ.
    pub fn into_dictionary(self) -> Dictionary {
        Dictionary::from_joined(self.text, self.ends)
    }
}

/// One JSON array a customer: `[{"dataSourceName":"Web","tableName":"Web","preferredKey":"a","keys":["a","b"]}]`.
#[derive(Default)]
pub struct Rings {
    texts: Texts,
    open: bool,
}

impl Rings {
    /// Adds a table with the keys that the customer has in it, the preferred one first; of more than [`LISTED`] the
    /// first ones, and how many more.
    pub fn entry<'k>(&mut self, table: &str, mut keys: impl ExactSizeIterator<Item = &'k str> + Clone) {
        self.texts.push_str(if self.open { ",{" } else { "[{" });
        self.open = true;
        for (name, value) in [("\"dataSourceName\":", table), (",\"tableName\":", table)] {
            self.texts.push_str(name);
            self.string(value);
        }
        self.texts.push_str(",\"preferredKey\":");
        let more = keys.len().saturating_sub(LISTED);
        let listed = keys.clone().take(LISTED);
        if let Some(preferred) = keys.next() {
            self.string(preferred);
        }
        for (i, key) in listed.enumerate() {
            self.texts.push_str(if i == 0 { ",\"keys\":[" } else { "," });
            self.string(key);
        }
        self.texts.push_str("]");
        if more > 0 {
            self.texts.push_str(&format!(",\"more\":{more}"));
        }
        self.texts.push_str("}");
    }

    /// Ends the customer's array.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.open) {
            self.texts.push_str("]");
            self.texts.end();
        }
    }

    /// The code that the array being written will have.
    pub fn code(&self) -> u32 {
        self.texts.ends.len() as u32 + 1
    }

    pub fn into_dictionary(self) -> Dictionary {
        self.texts.into_dictionary()
    }

    fn string(&mut self, value: &str) {
        let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if value.bytes().all(plain) {
            self.texts.push_str("\"");
            self.texts.push_str(value);
            self.texts.push_str("\"");
        } else {
            // Text is written as JSON without fail.
            self.texts.push_str(&serde_json::to_string(value).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Rings;

    #[test]
    fn of_very_many_keys_the_first_are_listed() {
        let keys: Vec<String> = (0..150).map(|key| key.to_string()).collect();
        let mut rings = Rings::default();
        rings.entry("Web", keys.iter().map(String::as_str));
        rings.end();
        let ring: Value = serde_json::from_str(rings.into_dictionary().get(1)).unwrap();
        assert_eq!((ring[0]["keys"].as_array().map(Vec::len), &ring[0]["more"]), (Some(100), &json!(50)));
    }

    #[test]
    fn a_ring_is_json_whatever_the_keys_hold() {
        let mut rings = Rings::default();
        rings.entry("Web", ["a\"b", "c\\d\n", "é;x"].into_iter());
        rings.entry("Store", ["1"].into_iter());
        assert_eq!(rings.code(), 1);
        rings.end();
        rings.end();
        rings.entry("Web", ["z"].into_iter());
        rings.end();
        let dictionary = rings.into_dictionary();
        assert_eq!(dictionary.len(), 3);
        let first: Value = serde_json::from_str(dictionary.get(1)).unwrap();
        let expected = json!([
            {"dataSourceName": "Web", "tableName": "Web", "preferredKey": "a\"b", "keys": ["a\"b", "c\\d\n", "é;x"]},
            {"dataSourceName": "Store", "tableName": "Store", "preferredKey": "1", "keys": ["1"]},
        ]);
        assert_eq!(first, expected);
        let text = r#"[{"dataSourceName":"Web","tableName":"Web","preferredKey":"z","keys":["z"]}]"#;
        assert_eq!(dictionary.get(2), text);
    }
}
