//! CustomerId: 32 hex digits, made from the customer's highest record or from values the analyst chose (semantics 1.6).

/// The id of the customer whose highest record is `key` of the source table with this id. A table's id outlives a
/// rename, so a new name does not change who is who.
pub fn customer_id(table: &str, key: &str) -> String {
    hashed(0, &[(table, key)])
}

/// Another id of the same record: for one whose first id was used up by another customer.
pub fn further_customer_id(table: &str, key: &str, number: u32) -> String {
    let number = number.to_string();
    hashed(1, &[(table, key), ("", &number)])
}

/// The id made of values: for each input the table that gave it and the value, in the order of the inputs; an input
/// without a value counts as such.
pub fn custom_customer_id(inputs: &[(&str, &str)]) -> String {
    hashed(2, inputs)
}

/// Each part's length stands before it, which keeps ("ab", "c") and ("a", "bc") apart. One slice is hashed faster than
/// its parts. The first kind, which nearly all ids are of, has no mark.
fn hashed(kind: u8, parts: &[(&str, &str)]) -> String {
    let mut identity = Vec::with_capacity(64);
    if kind > 0 {
        identity.extend_from_slice(&[kind; 8]);
    }
    let last = parts.len().saturating_sub(1);
    for (place, (table, value)) in parts.iter().enumerate() {
        identity.extend_from_slice(&(table.len() as u64).to_le_bytes());
        identity.extend_from_slice(table.as_bytes());
        if place < last {
            identity.extend_from_slice(&(value.len() as u64).to_le_bytes());
        }
        identity.extend_from_slice(value.as_bytes());
    }
    let mut id = String::with_capacity(32);
    for byte in &blake3::hash(&identity).as_bytes()[..16] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        id.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[digit as usize])));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_32_hex_digits_and_differs_by_table_and_key() {
        let id = customer_id("web", "Unknown1");
        assert_eq!(id.len(), 32);
        assert!(id.chars().all(|c| c.is_ascii_hexdigit()));
        assert_eq!(id, customer_id("web", "Unknown1"));
        assert_ne!(id, customer_id("web", "Unknown2"));
        assert_ne!(customer_id("ab", "c"), customer_id("a", "bc"));
    }

    #[test]
    fn ids_of_different_kinds_never_meet() {
        let ids = [
            customer_id("web", "1"),
            further_customer_id("web", "1", 1),
            further_customer_id("web", "1", 2),
            custom_customer_id(&[("web", "1")]),
            custom_customer_id(&[("web", "1"), ("", "")]),
            custom_customer_id(&[("web", ""), ("web", "1")]),
        ];
        let distinct: std::collections::HashSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }
}
