//! The texts in the sources: what stands in `tr!` and `msg!`, found by tokens, also inside other macros.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A text of the program.
pub struct Message {
    pub context: Option<String>,
    pub text: String,
    pub plural: Option<String>,
    /// The names of the values given.
    pub arguments: BTreeSet<String>,
}

/// Every Rust file of the program: its path from the root, and its tokens without its tests.
pub fn files() -> Vec<(String, TokenStream)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.starts_with("tests") && name != "bench.rs" {
                paths.push(path);
            }
        }
    }
    paths.retain(|path| !path.to_str().unwrap().contains("/tests/"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let tokens = code.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"), tokens)
    };
    paths.into_iter().map(read).collect()
}

/// Every text of every file, in order.
pub fn messages() -> Vec<(String, Message)> {
    let mut found = Vec::new();
    for (file, tokens) in files() {
        // Where the macros themselves are made.
        if !file.starts_with("src/text/macros") {
            let mut here = Vec::new();
            collect(tokens, &file, &mut here);
            found.extend(here.into_iter().map(|message| (file.clone(), message)));
        }
    }
    found
}

fn collect(tokens: TokenStream, file: &str, found: &mut Vec<Message>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if at >= 3 && tokens[at - 3].to_string() == "macro_rules" {
            continue;
        }
        let is_macro = group.delimiter() == Delimiter::Parenthesis
            && at >= 2
            && matches!(&tokens[at - 1], TokenTree::Punct(sign) if sign.as_char() == '!')
            && matches!(&tokens[at - 2], TokenTree::Ident(name) if name == "tr" || name == "msg");
        if is_macro {
            let message = message(group.stream());
            found.push(message.unwrap_or_else(|| panic!("{file}: tr!({}) holds no text", group.stream())));
        }
        collect(group.stream(), file, found);
    }
}

/// What a literal of text says.
pub fn string(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Literal(literal) => {
            syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
        }
        // What a macro was given comes in a group without brackets.
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => string(&group.stream().into_iter().next()?),
        _ => None,
    }
}

fn message(tokens: TokenStream) -> Option<Message> {
    let mut parts: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(sign) if sign.as_char() == ',' => parts.push(Vec::new()),
            _ => parts.last_mut().unwrap().push(token),
        }
    }
    let mut parts = parts.into_iter();
    let head = parts.next()?;
    let is_sign =
        |at: usize, wanted: char| matches!(head.get(at), Some(TokenTree::Punct(sign)) if sign.as_char() == wanted);
    let (context, text_at) = if is_sign(1, '=') && is_sign(2, '>') { (string(head.first()?), 3) } else { (None, 0) };
    let text = string(head.get(text_at)?)?;
    let plural = if is_sign(text_at + 1, '|') { string(head.get(text_at + 2)?) } else { None };
    // A comma inside a value (of a generic, a closure) makes parts that begin with no name and equals sign.
    let name = |part: Vec<TokenTree>| match (part.first(), part.get(1)) {
        (Some(TokenTree::Ident(name)), None) => Some(name.to_string()),
        (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(sign))) if sign.as_char() == '=' => Some(name.to_string()),
        _ => None,
    };
    Some(Message { context, text, plural, arguments: parts.filter_map(name).collect() })
}

/// Texts that stand bare in calls of these names, as an argument or as what an argument is formatted from.
pub fn bare(tokens: TokenStream, calls: &[&str], told: &mut dyn FnMut(&str)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| at.checked_sub(back).map(|place| tokens[place].to_string()).unwrap_or_default();
        let is_rich = before(1) == "new" && before(4) == "RichText";
        let is_call = calls.contains(&before(1).as_str()) && before(2) != "fn" || is_rich;
        if group.delimiter() == Delimiter::Parenthesis && is_call {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            for (place, token) in inside.iter().enumerate() {
                let formatted = match token {
                    TokenTree::Group(group) if place >= 2 && inside[place - 2].to_string() == "format" => {
                        group.stream().into_iter().next()
                    }
                    _ => None,
                };
                if let Some(text) = string(formatted.as_ref().unwrap_or(token)) {
                    told(&text);
                }
            }
        }
        bare(group.stream(), calls, told);
    }
}
