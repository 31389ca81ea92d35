//! Options of rules: conditions, comparisons, normalizations, exceptions, value lists.

use super::topics;

topics! { "Rules";
    RULE_NAME: "Name of a rule", "1.3",
        "What figures, explanations and the edit history call the rule. It follows the conditions until it is changed.";
    RULE_ACTIVE: "Active", "1.3",
        "An inactive rule is kept, but joins nothing.";
    ORDER_OF_DEDUPLICATION_RULES: "Order of deduplication rules", "1.3",
        "Every rule is tried on every row, so their order does not change who is together.";
    CONDITION_FIELD: "Field", "1.4",
        "The column that is compared; in a match rule one of this table and one of the higher table. All conditions of a rule must hold, and blank values never agree.";
    OR_FIELD: "Or field", "1.4",
        "Another field, any of which may agree: home or work phone. Tributary's own: beyond the product.";
    ADD_CONDITION: "Condition", "1.4",
        "One more thing that two rows must agree in; all conditions of a rule must hold.";
    NORMALIZE: "Normalize", "1.4",
        "What is evened out before values are compared, such as capitals or punctuation; the stored values stay as they are. Value lists stand here too: aliases that count as equal, and values that never match.";
    DEFAULT_COUNTRY: "Default country", "1.4",
        "Two letters, such as US or DE: numbers written without a country code are taken to be of this country. Without it, the country code counts as written.";
    COMPARISON: "Comparison", "1.4", example "approximate",
        "How two values must agree: exactly, or by degrees, where a score from 0 to 1 must reach the precision. A rule that compares only by degrees is slow on large tables; add an exact condition where you can.";
    EXACT: "Exact", "1.4",
        "The values are equal, after what is normalized.";
    EDIT_DISTANCE: "Edit distance", "1.4", example "approximate",
        "Score = (characters of the longer value − edits) / characters of the longer value. An edit inserts, deletes or changes one character.";
    JARO_WINKLER: "Jaro-Winkler", "1.4",
        "Letters in common and in order; a common beginning counts more. It is made for names.";
    DAMERAU_LEVENSHTEIN: "Damerau-Levenshtein", "1.4",
        "An edit distance in which swapping two neighbours is one edit, as typing errors often do.";
    TOKEN_SET: "Token set", "1.4",
        "The share of words in common of all words in either value, whatever their order.";
    DOUBLE_METAPHONE: "Double Metaphone", "1.4",
        "The words sound alike, in English and in many names from elsewhere.";
    SOUNDEX: "Soundex", "1.4",
        "The words sound alike: the American code of census takers.";
    DAYS_APART: "Days apart", "1.4",
        "Dates or times at most so many days apart agree.";
    NUMBER_APART: "Number apart", "1.4",
        "Numbers at most so far apart agree.";
    PRECISION_OPTION: "Precision", "1.4", example "approximate",
        "The threshold: a pair passes where its score reaches this. Lower finds more pairs and more wrong ones.";
    EXCEPTION: "Exception", "1.4", example "twins",
        "Pairs that the rule shall not join although its conditions hold, as twins: same surname, city and birth date, another first name. All exceptions of a rule must hold for it to step back.";
    EXCEPTION_TEST: "Same or different", "1.4", example "twins",
        "Same: the comparison below holds. Different: both values are there and it does not hold. A blank never makes an exception.";
    NORMALIZE_NUMERALS: "Numerals", "1.4",
        "Other number symbols become plain digits: ⅷ equals 8.";
    NORMALIZE_ASCII: "Unicode to ASCII", "1.4",
        "Accented, circled and full-width letters become plain ones: José equals jose.";
    NORMALIZE_LOWER_CASE: "Text to lower case", "1.4",
        "Capitals do not count: ANA@contoso.com equals ana@contoso.com.";
    NORMALIZE_PHONE: "Type - Phone", "1.4",
        "Only the digits count: +01 425.555.1212 equals 1 (425) 555-1212. The country code counts, unless a default country is set.";
    NORMALIZE_NAME: "Type - Name", "1.4",
        "Nicknames and titles are evened out: Debby equals Deborah, Prof. equals Professor.";
    NORMALIZE_ADDRESS: "Type - Address", "1.4",
        "Usual abbreviations are evened out: 12 Main Street equals 12 Main St.";
    NORMALIZE_ORGANIZATION: "Type - Organization", "1.4",
        "Legal forms are left out: Contoso Ltd equals Contoso.";
    NORMALIZE_SYMBOLS: "Symbols", "1.4",
        "Punctuation and symbols are removed: A-12/3 equals A123.";
    NORMALIZE_WHITESPACE: "Whitespace", "1.4",
        "All white space is removed: Ana Cruz equals AnaCruz.";
    VALUE_LISTS: "Value lists", "1.4",
        "Lists of values that conditions can use: values that count as equal, and values that match nothing.";
    ALIAS_LIST: "Alias list", "1.4",
        "Values that count as equal to another: MSFT is Microsoft. Chosen in a condition, they are looked up last, after everything else is normalized.";
    BYPASS_LIST: "Bypass list", "1.4",
        "Values that match nothing where the list is chosen: dummy phone numbers, test addresses.";
    LIST_NAME: "Name of a list", "1.4",
        "What conditions call the list.";
    LIST_PATH: "Path of a list", "1.4",
        "A CSV file to take values from: of aliases the value and what it is the same as, of a bypass list the value.";
    LIST_VALUE: "Value of a list", "1.4",
        "A value as it stands in the data. It is normalized as the condition says before it is looked up.";
}
