//! `tributary report`: one page of HTML, the same for the same run, with nothing of a value read as markup.

use std::fs;

use super::harness::{AS_OF, Folder};

/// The page without what differs from run to run: the times of the stages and their chart.
fn page(folder: &Folder, project: &str) -> String {
    folder.tributary(&["report", project, "--out", "page.html", "--as-of", AS_OF]).expect_code(0);
    let html = folder.read("page.html");
    let (before, after) = html.split_once("<figure>\n<figcaption>Time of the stages").unwrap();
    let (_, after) = after.split_once("</figure>\n").unwrap();
    format!("{before}{after}").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// Every element that is opened is closed, in order; returns how many there are.
fn balanced(html: &str) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut count = 0;
    let (_, body) = html.split_once("<!DOCTYPE html>").unwrap();
    for part in body.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap_or_else(|| panic!("a tag is not closed: {part}"));
        let name = tag.split_whitespace().next().unwrap().trim_end_matches('/');
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes something else");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        count += 1;
    }
    assert!(open.is_empty(), "left open: {open:?}");
    count
}

#[test]
fn the_report_of_the_coffee_sample() {
    let folder = Folder::sample("coffee");
    let before = folder.entries();
    let first = page(&folder, "coffee.tributary");
    insta::assert_snapshot!(first);
    assert_eq!(first, page(&folder, "coffee.tributary"), "the same run gives the same page");
    assert!(balanced(&first) > 200);
    for part in ["<script", "http://", "https://", "url(", " src=", "@import"] {
        assert!(!first.contains(part), "the page names {part}");
    }
    for person in ["Ana", "Ben", "contoso"] {
        assert!(!first.contains(person), "the page names a person: {person}");
    }
    let after: Vec<String> = folder.entries().into_iter().filter(|name| name != "page.html").collect();
    assert_eq!(before, after, "nothing else is written");
}

#[test]
fn what_changed_is_told_after_a_published_run() {
    let folder = Folder::sample("coffee");
    assert!(page(&folder, "coffee.tributary").contains("no run was published before"));
    folder.tributary(&["run", "coffee.tributary", "--as-of", AS_OF]).expect_code(0);
    let of_first = page(&folder, "coffee.tributary");
    assert!(of_first.contains("was the first: there is nothing to compare it with."), "{of_first}");
    folder.tributary(&["run", "coffee.tributary", "--as-of", AS_OF]).expect_code(0);
    let html = page(&folder, "coffee.tributary");
    assert!(html.contains("against the run before: 0 merged, 0 split, 0 gone, 0 new"), "{html}");
    assert!(html.contains("Known and unknown customers by run"));
    balanced(&html);
}

#[test]
fn without_out_it_lies_beside_the_project() {
    let folder = Folder::sample("coffee");
    folder.tributary(&["report", "coffee.tributary"]).expect_code(0).expect_stdout("coffee.report.html");
    balanced(&folder.read("coffee.report.html"));
}

#[test]
fn hostile_names_stay_text() {
    let folder = Folder::sample("coffee");
    let name = r#"<script>alert("x")</script> & O'Neill 😀 \u0007 ]]> 佐藤"#;
    let project = folder.read("coffee.tributary");
    let mut value: serde_json::Value = serde_json::from_str(&project).unwrap();
    value["name"] = name.into();
    value["segments"][0]["name"] = "</td><img src=x onerror=alert(1)>".into();
    folder.write("coffee.tributary", value.to_string());
    let html = page(&folder, "coffee.tributary");
    balanced(&html);
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; O&#39;Neill 😀"), "{html}");
    assert!(html.contains("&lt;/td&gt;&lt;img src=x onerror=alert(1)&gt;") && html.contains("佐藤"));
}

#[test]
fn what_cannot_be_read_or_written_is_said() {
    let folder = Folder::sample("coffee");
    folder.tributary(&["report", "absent.tributary"]).expect_code(1).expect_stderr("absent.tributary");
    let nowhere = ["report", "coffee.tributary", "--out", "no/such/folder/page.html"];
    folder.tributary(&nowhere).expect_code(1).expect_stderr("page.html: cannot be written");
    let source = fs::read_to_string(folder.path("loyalty.csv")).unwrap();
    let over = ["report", "coffee.tributary", "--out", "loyalty.csv"];
    folder.tributary(&over).expect_code(2).expect_stderr("choose another path");
    assert_eq!(folder.read("loyalty.csv"), source);
    let never = ["report", "coffee.tributary", "--as-of", "whenever"];
    folder.tributary(&never).expect_code(2).expect_stderr("not a time");
}
