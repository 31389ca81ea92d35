use proptest::prelude::*;

use super::*;
use crate::engine::calendar::datetime_text;

fn read(pattern: Option<&str>, text: &str) -> Option<String> {
    DateParser::compile(pattern).unwrap().parse(text.as_bytes()).map(|stamp| datetime_text(stamp.datetime()))
}

#[test]
fn iso_in_all_its_forms() {
    for (text, expected) in [
        ("2022-07-23", "2022-07-23 00:00:00"),
        ("2022-07-23 10:00:00", "2022-07-23 10:00:00"),
        ("2022-07-23T10:00", "2022-07-23 10:00:00"),
        ("2022-07-23T10:00:00.25", "2022-07-23 10:00:00.25"),
        ("2022-07-23T10:00:00.123456789Z", "2022-07-23 10:00:00.123456"),
        ("2022-07-23T10:00:00+02:00", "2022-07-23 08:00:00"),
        ("2022-07-23 23:30:00 -0130", "2022-07-24 01:00:00"),
        ("2024-02-29", "2024-02-29 00:00:00"),
    ] {
        assert_eq!(read(None, text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "2023-02-30",
        "2022-13-01",
        "2022-7-3",
        "2022-07-23 25:00:00",
        "2022-07-23 10:60:00",
        "2022-07-23 10",
        "2022-07-23x",
        "2022-07-23 10:00:00+2",
        "0000-01-01",
        "20220723",
    ] {
        assert_eq!(read(None, text), None, "{text}");
    }
}

#[test]
fn patterns_read_what_they_say() {
    for (pattern, text, expected) in [
        ("MM-dd-yyyy HH:mm:ss", "07-23-2022 10:00:00", "2022-07-23 10:00:00"),
        ("M/d/yyyy h:mm a", "7/3/2022 12:05 AM", "2022-07-03 00:05:00"),
        ("MM/dd/yyyy hh:mm:ss a", "07/03/2022 12:05:06 pm", "2022-07-03 12:05:06"),
        ("dd MMM yyyy", "23 Jul 2022", "2022-07-23 00:00:00"),
        ("MMM d, yyyy", "september 3, 2022", "2022-09-03 00:00:00"),
        ("yyyyMMdd'T'HHmmssX", "20220723T100000Z", "2022-07-23 10:00:00"),
        ("yyyyMMdd", "19081209", "1908-12-09 00:00:00"),
        ("dd.MM.yy", "01.02.68", "2068-02-01 00:00:00"),
        ("dd.MM.yy", "01.02.69", "1969-02-01 00:00:00"),
        ("yyyy-MM-dd HH:mm:ss.SSS", "2022-07-23 10:00:00.007", "2022-07-23 10:00:00.007"),
        ("yyyy-MM-dd HH:mm:ss.S", "2022-07-23 10:00:00.1234567", "2022-07-23 10:00:00.123456"),
        ("yyyy-MM-dd HH:mm XXX", "2022-07-23 10:00 +05:30", "2022-07-23 04:30:00"),
        ("d 'o''clock' M yyyy", "3 o'clock 4 2022", "2022-04-03 00:00:00"),
        ("yyyy年M月d日", "2022年7月3日", "2022-07-03 00:00:00"),
    ] {
        assert_eq!(read(Some(pattern), text).as_deref(), Some(expected), "{pattern} {text}");
    }
    assert_eq!(read(Some("MM/dd/yyyy"), "7/23/2022"), None, "two digits are asked for");
    assert_eq!(read(Some("MM-dd-yyyy HH:mm:ss"), "23-07-2022 25:00"), None);
    assert_eq!(read(Some("h:mm a d.M.yyyy"), "13:00 pm 1.1.2022"), None);
    assert_eq!(read(Some("yyyy-MM-dd HH:mm:ss.SSS"), "2022-07-23 10:00:00.07"), None);
}

#[test]
fn patterns_that_cannot_work_are_refused_with_a_reason() {
    for (pattern, part) in [
        ("", "year"),
        ("MM/dd", "year"),
        ("yyyy-MM", "day"),
        ("yyyy-mm-dd", "month"),
        ("yyyy-MM-dd hh:mm", "go together"),
        ("yyyy-MM-dd HH:mm a", "go together"),
        ("yyyy-MM-dd mm", "hours"),
        ("yyyy-MM-ddTHH:mm", "`T`"),
        ("yyyy-MM-dd 'x", "not closed"),
        ("yyyy-MM-dd dd", "twice"),
        ("yyyyy-MM-dd", "yyyyy"),
    ] {
        let reason = DateParser::compile(Some(pattern)).unwrap_err();
        assert!(reason.contains(part), "{pattern}: {reason}");
    }
}

#[test]
fn only_day_and_month_in_digits_before_the_year_can_be_swapped() {
    let swappable = |pattern: &str| DateParser::compile(Some(pattern)).unwrap().is_swappable();
    assert!(swappable("MM/dd/yyyy"));
    assert!(swappable("d-M-yy HH:mm"));
    assert!(!swappable("dd.MM.yyyy"));
    assert!(!swappable("yyyy/MM/dd"));
    assert!(!swappable("dd-MMM-yyyy"));
}

#[test]
fn a_date_has_no_time_of_day() {
    let stamp = |text: &str| DateParser::Iso.parse(text.as_bytes()).unwrap();
    assert_eq!(stamp("1970-01-02").date(), Some(1));
    assert_eq!(stamp("1970-01-02 00:00:00").date(), Some(1));
    assert_eq!(stamp("1970-01-02 10:00:00").date(), None);
}

const PATTERNS: [Option<&str>; 6] = [
    None,
    Some("MM-dd-yyyy HH:mm:ss"),
    Some("M/d/yy h:mm a"),
    Some("d MMM yyyy HH:mm:ss.S X"),
    Some("yyyyMMddHHmmss"),
    Some("'é'yyyy MMM d"),
];

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        for pattern in PATTERNS {
            DateParser::compile(pattern).unwrap().parse(&bytes);
        }
    }

    #[test]
    fn arbitrary_date_like_text_never_panics(text in "[0-9+:/ .TZapmJul-]{0,32}") {
        for pattern in PATTERNS {
            DateParser::compile(pattern).unwrap().parse(text.as_bytes());
        }
    }

    #[test]
    fn arbitrary_patterns_never_panic(pattern in "\\PC{0,24}", letters in "[yMdHhmsSaX':/ -]{0,24}") {
        for pattern in [pattern, letters] {
            if let Ok(parser) = DateParser::compile(Some(&pattern)) {
                parser.parse(b"2022-07-23 10:00:00");
            }
        }
    }

    #[test]
    fn the_text_of_a_time_reads_back(micros in -62_135_596_800_000_000i64..253_402_300_800_000_000) {
        let text = datetime_text(micros);
        let stamp = DateParser::Iso.parse(text.as_bytes());
        prop_assert_eq!(stamp.map(Stamp::datetime), Some(micros), "{}", text);
    }
}
