//! What a column seems to mean, from its name and its values.

use crate::project::source::semantic;

/// What columns of people's names are headed in other languages than English: full names, first names, last names.
const FULL_NAMES: [&str; 20] = [
    "名前",
    "お名前",
    "氏名",
    "姓名",
    "名字",
    "客户姓名",
    "顧客名",
    "이름",
    "성명",
    "성함",
    "الاسم",
    "اسم",
    "الاسمالكامل",
    "שם",
    "שםמלא",
    "имя",
    "фио",
    "όνομα",
    "ονοματεπώνυμο",
    "नाम",
];
const FIRST_NAMES: [&str; 9] =
    ["vorname", "prénom", "prenom", "nome", "nombre", "voornaam", "förnamn", "fornavn", "imię"];
const LAST_NAMES: [&str; 11] = [
    "nachname",
    "familienname",
    "nomdefamille",
    "cognome",
    "sobrenome",
    "apellido",
    "apellidos",
    "achternaam",
    "efternamn",
    "nazwisko",
    "фамилия",
];

/// What the values of a column look like.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    /// Most are addresses of electronic mail.
    pub emails: bool,
    /// Most are words without digits, as names are.
    pub words: bool,
}

/// Suggests a semantic type by a column's name and its values.
pub(super) fn suggest(name: &str, looks: Looks) -> Option<&'static str> {
    let emails = looks.emails;
    let words = name_words(name);
    let joined: String = words.concat();
    let has = |word: &str| words.iter().any(|other| other == word);
    let is_id = words.last().is_some_and(|last| last == "id") || joined.ends_with("guid") || joined.ends_with("uuid");
    let is = |names: &[&str]| names.contains(&joined.as_str());
    if emails || (!is_id && (joined.contains("email") || has("mail"))) {
        Some(semantic::EMAIL)
    } else if is_id {
        Some(id(&joined))
    } else if is(&["visitor", "cookie"]) {
        Some(semantic::VISITOR_ID)
    } else if has("phone") || has("mobile") || has("telephone") || has("cell") || joined.ends_with("phone") {
        Some(semantic::PHONE)
    } else if joined.starts_with("loyalty") && (has("number") || has("no") || has("card")) {
        Some(semantic::LOYALTY_ID)
    } else if is(&["firstname", "givenname", "forename"]) {
        Some(semantic::FIRST_NAME)
    } else if is(&["lastname", "surname", "familyname"]) {
        Some(semantic::LAST_NAME)
    } else if is(&["name", "fullname", "customername", "displayname", "personname"]) {
        Some(semantic::FULL_NAME)
    } else if let Some(meaning) = foreign_name(&joined).filter(|_| looks.words) {
        Some(meaning)
    } else if is(&["birthdate", "dateofbirth", "dob", "birthday", "birthdayon"]) {
        Some(semantic::BIRTH_DATE)
    } else if has("city") || is(&["town", "suburb"]) {
        Some(semantic::CITY)
    } else if has("zip") || is(&["postalcode", "postcode", "zipcode", "plz"]) || joined.ends_with("postalcode") {
        Some(semantic::POSTAL_CODE)
    } else if has("address") || has("street") || joined.starts_with("address") {
        (!has("number")).then_some(semantic::ADDRESS)
    } else if has("country") {
        Some(semantic::COUNTRY)
    } else if is(&["profileimage", "photo", "imageurl", "photourl", "avatar"]) {
        Some(semantic::PROFILE_IMAGE)
    } else {
        None
    }
}

/// A heading that means a name in another language. What it means in others still, its values tell.
fn foreign_name(joined: &str) -> Option<&'static str> {
    let lists = [
        (&FULL_NAMES[..], semantic::FULL_NAME),
        (&FIRST_NAMES[..], semantic::FIRST_NAME),
        (&LAST_NAMES[..], semantic::LAST_NAME),
    ];
    lists.into_iter().find(|(names, _)| names.contains(&joined)).map(|(_, meaning)| meaning)
}

fn id(joined: &str) -> &'static str {
    let begins = |words: &[&str]| words.iter().any(|word| joined.starts_with(word));
    if joined.contains("loyalty") {
        semantic::LOYALTY_ID
    } else if begins(&["userid", "webuserid", "visitor", "cookie", "anonymous", "device"]) {
        semantic::VISITOR_ID
    } else {
        semantic::ID
    }
}

/// The words of a name in lower case: cut at `_`, spaces and other signs, and where a capital begins a word
/// (`LoyaltyID`, `loyalty_id` and `Loyalty Id` are all `loyalty`, `id`).
pub fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_alphanumeric() {
            previous = None;
            continue;
        }
        let begins = match previous {
            None => true,
            Some(previous) if character.is_uppercase() => {
                !previous.is_uppercase() || characters.peek().is_some_and(|next| next.is_lowercase())
            }
            Some(previous) => character.is_numeric() != previous.is_numeric(),
        };
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        previous = Some(character);
    }
    words
}

/// Whether a trimmed cell is of words, as names are: letters, and no digits.
pub(super) fn looks_like_words(cell: &str) -> bool {
    cell.contains(char::is_alphabetic) && !cell.contains(|c: char| c.is_numeric() || c == '@')
}

/// Whether a trimmed cell looks like `x@y.z`.
pub(super) fn looks_like_email(cell: &str) -> bool {
    let Some((local, domain)) = cell.split_once('@') else { return false };
    let is_part = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@' || c == ',');
    is_part(local)
        && is_part(domain)
        && domain.split_once('.').is_some_and(|(host, zone)| !host.is_empty() && !zone.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_in_several_spellings() {
        for (name, expected) in [
            ("Email", Some(semantic::EMAIL)),
            ("e-mail", Some(semantic::EMAIL)),
            ("work_email_address", Some(semantic::EMAIL)),
            ("EmailId", Some(semantic::ID)),
            ("Phone", Some(semantic::PHONE)),
            ("HomePhone", Some(semantic::PHONE)),
            ("telephone1", Some(semantic::PHONE)),
            ("FullName", Some(semantic::FULL_NAME)),
            ("Name", Some(semantic::FULL_NAME)),
            ("given_name", Some(semantic::FIRST_NAME)),
            ("Surname", Some(semantic::LAST_NAME)),
            ("date_of_birth", Some(semantic::BIRTH_DATE)),
            ("City", Some(semantic::CITY)),
            ("ZIP code", Some(semantic::POSTAL_CODE)),
            ("postcode", Some(semantic::POSTAL_CODE)),
            ("address_1", Some(semantic::ADDRESS)),
            ("Street", Some(semantic::ADDRESS)),
            ("street_number", None),
            ("Country", Some(semantic::COUNTRY)),
            ("LoyaltyID", Some(semantic::LOYALTY_ID)),
            ("loyalty_id", Some(semantic::LOYALTY_ID)),
            ("UserID", Some(semantic::VISITOR_ID)),
            ("visitorId", Some(semantic::VISITOR_ID)),
            ("CookieId", Some(semantic::VISITOR_ID)),
            ("StoreId", Some(semantic::ID)),
            ("rec_id", Some(semantic::ID)),
            ("ID", Some(semantic::ID)),
            ("Paid", None),
            ("EventName", None),
            ("", None),
        ] {
            assert_eq!(suggest(name, Looks::default()), expected, "{name}");
        }
        let looks = Looks { emails: true, ..Looks::default() };
        assert_eq!(suggest("Contact", looks), Some(semantic::EMAIL));
    }

    #[test]
    fn names_are_understood_in_other_languages_where_the_values_are_words() {
        let words = Looks { words: true, ..Looks::default() };
        for (name, expected) in [
            ("名前", semantic::FULL_NAME),
            ("お名前", semantic::FULL_NAME),
            ("الاسم", semantic::FULL_NAME),
            ("الاسم الكامل", semantic::FULL_NAME),
            ("שם מלא", semantic::FULL_NAME),
            ("이름", semantic::FULL_NAME),
            ("ФИО", semantic::FULL_NAME),
            ("Vorname", semantic::FIRST_NAME),
            ("Nachname", semantic::LAST_NAME),
            ("नाम", semantic::FULL_NAME),
        ] {
            assert_eq!(suggest(name, words), Some(expected), "{name}");
            assert_eq!(suggest(name, Looks::default()), None, "{name} of numbers");
        }
        assert_eq!(suggest("都市", words), None);
        assert!(looks_like_words("山田 太郎") && looks_like_words("فاطمة الزهراء") && looks_like_words("O'Neil-Roe"));
        assert!(
            !looks_like_words("A12") && !looks_like_words("٣٤") && !looks_like_words("x@y") && !looks_like_words("--")
        );
    }

    #[test]
    fn addresses_of_mail_are_told_from_other_text() {
        assert!(looks_like_email("ana@contoso.com"));
        for text in ["ana", "@contoso.com", "ana@contoso", "ana@@contoso.com", "a b@contoso.com", "ana@.com"] {
            assert!(!looks_like_email(text), "{text}");
        }
    }
}
