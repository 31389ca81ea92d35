//! Semantic types the program suggests and understands; any other text may be written.

pub const FULL_NAME: &str = "Person.FullName";
pub const FIRST_NAME: &str = "Person.FirstName";
pub const LAST_NAME: &str = "Person.LastName";
pub const BIRTH_DATE: &str = "Person.BirthDate";
pub const PROFILE_IMAGE: &str = "Person.ProfileImage";
pub const EMAIL: &str = "Identity.Service.Email";
pub const PHONE: &str = "Identity.Service.Phone";
pub const LOYALTY_ID: &str = "Identity.LoyaltyId";
pub const VISITOR_ID: &str = "Identity.VisitorId";
pub const ID: &str = "Identity.Id";
pub const ADDRESS: &str = "Location.Address";
pub const CITY: &str = "Location.City";
pub const POSTAL_CODE: &str = "Location.PostalCode";
pub const COUNTRY: &str = "Location.Country";

/// Types of values that are opaque: two that differ in a character are two (semantics, case 5).
pub const IDS: [&str; 3] = [LOYALTY_ID, VISITOR_ID, ID];

pub const ALL: [&str; 14] = [
    FULL_NAME,
    FIRST_NAME,
    LAST_NAME,
    BIRTH_DATE,
    PROFILE_IMAGE,
    EMAIL,
    PHONE,
    LOYALTY_ID,
    VISITOR_ID,
    ID,
    ADDRESS,
    CITY,
    POSTAL_CODE,
    COUNTRY,
];

/// What a semantic type is called: `Email`; a text of the analyst's own is called as it is written.
pub fn words(meaning: &str) -> &str {
    match meaning {
        FULL_NAME => tr!("Full name"),
        FIRST_NAME => tr!("First name"),
        LAST_NAME => tr!("Last name"),
        BIRTH_DATE => tr!("Birth date"),
        PROFILE_IMAGE => tr!("Picture"),
        EMAIL => tr!("Email"),
        PHONE => tr!("Phone"),
        LOYALTY_ID => tr!("Loyalty ID"),
        VISITOR_ID => tr!("Visitor ID"),
        ID => tr!("Other ID"),
        ADDRESS => tr!("Address"),
        CITY => tr!("City"),
        POSTAL_CODE => tr!("Postal code"),
        COUNTRY => tr!("Country"),
        own => own,
    }
}

/// The semantic type that someone means who types this: one of those known by its words or its id, in capitals or
/// not, else the text itself; none of a blank text.
pub fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let is_meant = |meaning: &&str| words(meaning).to_lowercase() == lower || meaning.to_lowercase() == lower;
    let known = ALL.into_iter().find(is_meant).unwrap_or(text);
    (!known.is_empty()).then(|| known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_known_by_its_words_and_by_its_id() {
        assert_eq!((words(EMAIL), words("Event of a visit")), ("Email", "Event of a visit"));
        for text in ["email", " Email ", "identity.service.EMAIL"] {
            assert_eq!(typed(text).as_deref(), Some(EMAIL), "{text}");
        }
        assert_eq!(typed("Event of a visit").as_deref(), Some("Event of a visit"));
        assert_eq!(typed("  "), None);
        for meaning in ALL {
            assert_ne!(words(meaning), meaning, "every known type has words");
            assert_eq!(typed(words(meaning)).as_deref(), Some(meaning), "no two have the same");
        }
    }
}
