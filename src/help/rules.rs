//! Options of rules: conditions, comparisons, normalizations, exceptions, value lists.

use super::topics;

topics! { msg!("Rules");
    RULE_NAME: msg!("Name of a rule"), "1.3",
        msg!("What figures, explanations and the edit history call the rule. It follows the conditions until it is changed.");
    RULE_ACTIVE: msg!("Active"), "1.3",
        msg!("An inactive rule is kept, but joins nothing.");
    ORDER_OF_DEDUPLICATION_RULES: msg!("Order of deduplication rules"), "1.3",
        msg!("Every rule is tried on every row, so their order does not change who is together.");
    CONDITION_FIELD: msg!("Field"), "1.4",
        msg!("The column that is compared; in a match rule one of this table and one of the higher table. All conditions of a rule must hold, and blank values never agree.");
    OR_FIELD: msg!("Or field"), "1.4",
        msg!("Another field, any of which may agree: home or work phone. Tributary's own: beyond the product.");
    ADD_CONDITION: msg!("Condition"), "1.4",
        msg!("One more thing that two rows must agree in; all conditions of a rule must hold.");
    NORMALIZE: msg!("Normalize"), "1.4",
        msg!("What is evened out before values are compared, such as capitals or punctuation; the stored values stay as they are. Value lists stand here too: aliases that count as equal, and values that never match.");
    DEFAULT_COUNTRY: msg!("Default country"), "1.4",
        msg!("Two letters, such as US or DE: numbers written without a country code are taken to be of this country. Without it, the country code counts as written.");
    COMPARISON: msg!("Comparison"), "1.4", example "approximate",
        msg!("How two values must agree: exactly, or by degrees, where a score from 0 to 1 must reach the precision. A rule that compares only by degrees is slow on large tables; add an exact condition where you can.");
    EXACT: msg!("Exact"), "1.4",
        msg!("The values are equal, after what is normalized.");
    EDIT_DISTANCE: msg!("Edit distance"), "1.4", example "approximate",
        msg!("Score = (characters of the longer value − edits) / characters of the longer value. An edit inserts, deletes or changes one character.");
    JARO_WINKLER: msg!("Jaro-Winkler"), "1.4",
        msg!("Letters in common and in order; a common beginning counts more. It is made for names.");
    DAMERAU_LEVENSHTEIN: msg!("Damerau-Levenshtein"), "1.4",
        msg!("An edit distance in which swapping two neighbours is one edit, as typing errors often do.");
    TOKEN_SET: msg!("Token set"), "1.4",
        msg!("The share of words in common of all words in either value, whatever their order.");
    DOUBLE_METAPHONE: msg!("Double Metaphone"), "1.4",
        msg!("The words sound alike, in English and in many names from elsewhere.");
    SOUNDEX: msg!("Soundex"), "1.4",
        msg!("The words sound alike: the American code of census takers.");
    DAYS_APART: msg!("Days apart"), "1.4",
        msg!("Dates or times at most so many days apart agree.");
    NUMBER_APART: msg!("Number apart"), "1.4",
        msg!("Numbers at most so far apart agree.");
    PRECISION_OPTION: msg!("Precision"), "1.4", example "approximate",
        msg!("The threshold: a pair passes where its score reaches this. Lower finds more pairs and more wrong ones.");
    EXCEPTION: msg!("Exception"), "1.4", example "twins",
        msg!("Pairs that the rule shall not join although its conditions hold, as twins: same surname, city and birth date, another first name. All exceptions of a rule must hold for it to step back.");
    EXCEPTION_TEST: msg!("Same or different"), "1.4", example "twins",
        msg!("Same: the comparison below holds. Different: both values are there and it does not hold. A blank never makes an exception.");
    NORMALIZE_NUMERALS: msg!("Numerals"), "1.4",
        msg!("Other number symbols become plain digits: ⅷ equals 8.");
    NORMALIZE_ASCII: msg!("Unicode to ASCII"), "1.4",
        msg!("Accented, circled and full-width letters become plain ones: José equals jose.");
    NORMALIZE_LOWER_CASE: msg!("Text to lower case"), "1.4",
        msg!("Capitals do not count: ANA@contoso.com equals ana@contoso.com.");
    NORMALIZE_PHONE: msg!("Type - Phone"), "1.4",
        msg!("Only the digits count: +01 425.555.1212 equals 1 (425) 555-1212. The country code counts, unless a default country is set.");
    NORMALIZE_NAME: msg!("Type - Name"), "1.4",
        msg!("Nicknames and titles are evened out: Debby equals Deborah, Prof. equals Professor.");
    NORMALIZE_ADDRESS: msg!("Type - Address"), "1.4",
        msg!("Usual abbreviations are evened out: 12 Main Street equals 12 Main St.");
    NORMALIZE_ORGANIZATION: msg!("Type - Organization"), "1.4",
        msg!("Legal forms are left out: Contoso Ltd equals Contoso.");
    NORMALIZE_SYMBOLS: msg!("Symbols"), "1.4",
        msg!("Punctuation and symbols are removed: A-12/3 equals A123.");
    NORMALIZE_WHITESPACE: msg!("Whitespace"), "1.4",
        msg!("All white space is removed: Ana Cruz equals AnaCruz.");
    VALUE_LISTS: msg!("Value lists"), "1.4",
        msg!("Lists of values that conditions can use: values that count as equal, and values that match nothing.");
    ALIAS_LIST: msg!("Alias list"), "1.4",
        msg!("Values that count as equal to another: MSFT is Microsoft. Chosen in a condition, they are looked up last, after everything else is normalized.");
    BYPASS_LIST: msg!("Bypass list"), "1.4",
        msg!("Values that match nothing where the list is chosen: dummy phone numbers, test addresses.");
    LIST_NAME: msg!("Name of a list"), "1.4",
        msg!("What conditions call the list.");
    LIST_PATH: msg!("Path of a list"), "1.4",
        msg!("A CSV file to take values from: of aliases the value and what it is the same as, of a bypass list the value.");
    LIST_VALUE: msg!("Value of a list"), "1.4",
        msg!("A value as it stands in the data. It is normalized as the condition says before it is looked up.");
}
