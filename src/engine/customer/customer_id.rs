//! CustomerId: 32 hex digits from the table and key of the customer's highest record (semantics 1.6).

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The id of the customer whose highest record is `key` of the source table with this id. A table's id outlives a
/// rename, so a new name does not change who is who.
pub fn customer_id(table: &str, key: &str) -> String {
    // The length keeps ("ab", "c") and ("a", "bc") apart. One slice is hashed faster than its parts.
    let mut identity = Vec::with_capacity(8 + table.len() + key.len());
    identity.extend_from_slice(&(table.len() as u64).to_le_bytes());
    identity.extend_from_slice(table.as_bytes());
    identity.extend_from_slice(key.as_bytes());
    let hash = blake3::hash(&identity);
    hash.as_bytes()[..16]
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| DIGITS[digit as usize] as char)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::customer_id;

    #[test]
    fn an_id_is_32_hex_digits_and_differs_by_table_and_key() {
        let id = customer_id("web", "Unknown1");
        assert_eq!(id.len(), 32);
        assert!(id.chars().all(|c| c.is_ascii_hexdigit()));
        assert_eq!(id, customer_id("web", "Unknown1"));
        assert_ne!(id, customer_id("web", "Unknown2"));
        assert_ne!(customer_id("ab", "c"), customer_id("a", "bc"));
    }
}
