use super::layout::Part;
use super::*;

fn runs(count: u64) -> Chart {
    let place = |n: u64| Place { name: format!("Run {n}"), words: format!("Run {n}"), values: vec![n, 2 * n] };
    Chart {
        title: "Known and unknown by run".to_owned(),
        across: "Run".to_owned(),
        unit: "customers".to_owned(),
        kind: ChartKind::Stacked,
        series: vec!["known".to_owned(), "unknown".to_owned()],
        places: (1..=count).map(place).collect(),
    }
}

/// Seven points a letter.
fn wide(text: &str) -> f32 {
    text.chars().count() as f32 * 7.0
}

#[test]
fn the_numbers_are_read_out() {
    let words = "Known and unknown by run, customers. Run 1: 1 known, 2 unknown; Run 2: 2 known, 4 unknown";
    assert_eq!(runs(2).sentence(), words);
    let many = runs(20).sentence();
    assert!(many.contains("from Run 1 to Run 20") && many.contains("Last: Run 20: 20 known, 40 unknown"), "{many}");
}

#[test]
fn the_data_is_csv_with_quotes_where_needed() {
    let chart = Chart::of_one("T", "Size, keys", "customers", ChartKind::Bars, vec![Place::one("a \"b\"", 3, "")]);
    assert_eq!(chart.csv(), "\"Size, keys\",customers\n\"a \"\"b\"\"\",3\n");
    assert_eq!(runs(1).csv(), "Run,known,unknown\nRun 1,1,2\n");
}

#[test]
fn names_on_the_axis_never_run_into_each_other_and_nothing_lies_outside() {
    for count in [1, 2, 7, 60, 500] {
        for kind in [
            ChartKind::Stacked,
            ChartKind::Lines,
            ChartKind::Histogram { threshold: Some(0.6), by_root: true },
            ChartKind::Bars,
        ] {
            let chart = Chart { kind, ..runs(count) };
            let size = [480.0, layout::height(&chart)];
            let layout = layout::layout(&chart, size, &wide);
            assert_eq!(layout.areas.len(), count as usize);
            let mut right = f32::NEG_INFINITY;
            for part in &layout.parts {
                match part {
                    Part::Text { at, words, .. } if words.starts_with("Run ") && kind != ChartKind::Bars => {
                        assert!(at[0] > right, "{count} {kind:?}: {words} runs into the name before it");
                        right = at[0] + wide(words);
                        assert!(right <= size[0] + 0.1);
                    }
                    Part::Box([x, y, width, height], _) => {
                        assert!(*x >= -2.6 && *y >= 0.0 && x + width <= size[0] + 2.6, "{count} {kind:?}");
                        assert!(y + height <= size[1]);
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn a_histogram_splits_at_its_threshold() {
    let places: Vec<Place> = (0..10).map(|n| Place::one(format!("{n}"), 1, "")).collect();
    let kind = ChartKind::Histogram { threshold: Some(0.6), by_root: true };
    let chart = Chart::of_one("Scores", "Score", "pairs", kind, places);
    let parts = layout::layout(&chart, [200.0, 120.0], &wide).parts;
    let boxes = |paint| parts.iter().filter(|part| matches!(part, Part::Box(_, of) if *of == paint)).count();
    assert_eq!((boxes(layout::Paint::Soft), boxes(layout::Paint::Series(0))), (6, 4));
}

#[test]
fn names_in_a_picture_are_escaped_and_its_bytes_do_not_change() {
    let mut chart = runs(3);
    chart.title = "<script>alert('x')</script> & \"co\" 😀\u{7}".to_owned();
    let picture = svg::picture(&chart, 480.0);
    assert!(!picture.contains("<script") && picture.contains("&lt;script&gt;alert(&#39;x&#39;)"), "{picture}");
    assert!(picture.contains("😀") && !picture.contains('\u{7}'));
    assert_eq!(picture, svg::picture(&chart, 480.0));
    assert_eq!(picture.matches("<text").count(), picture.matches("</text>").count());
}

#[test]
fn a_year_of_daily_runs_is_shown_and_more_are_told_of() {
    let run = |number: u64| -> crate::engine::state::history::RunRecord {
        let line = format!(
            r#"{{"number":{number},"started":"","outcome":"done","by":"window","until":"segments","known":2,"unknown":1}}"#
        );
        serde_json::from_str(&line).unwrap()
    };
    let of = |count: u64| of_run::known_by_run(&(1..=count).map(run).collect::<Vec<_>>()).unwrap();
    assert_eq!((of(366).places.len(), of(366).across.as_str()), (366, "Run"));
    let more = of(400);
    assert_eq!((more.places.len(), more.places[0].name.as_str()), (366, "35"));
    assert_eq!(more.across, "Run, the last 366 of 400");
}
