//! The modules that a Rust source file names, read from its tokens: comments, strings and
//! characters do not count.

/// One mention of a module of the crate.
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    pub line: usize,
    /// The segments after `crate`, as far as they are written.
    pub path: Vec<String>,
    /// `crate::name!`: a macro, which has no floor.
    pub is_macro: bool,
}

/// What is known of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub mentions: Vec<Mention>,
    /// Lines with the identifier `wasm_bindgen`.
    pub bindings: Vec<usize>,
}

/// Reads the source of the module `module` (its segments after `crate`).
pub fn read(source: &str, module: &[&str]) -> Findings {
    let tokens = tokens(source);
    let mut reader = Reader { tokens: &tokens, findings: Findings::default() };
    reader.read(module);
    reader.findings
}

#[derive(Debug, PartialEq, Eq)]
enum Kind<'a> {
    Name(&'a str),
    PathSeparator,
    Other(char),
}

#[derive(Debug, PartialEq, Eq)]
struct Token<'a> {
    line: usize,
    kind: Kind<'a>,
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    findings: Findings,
}

impl<'a> Reader<'a> {
    fn read(&mut self, module: &[&str]) {
        let mut scope: Vec<String> = module.iter().map(|&segment| segment.to_owned()).collect();
        // The depth of braces at which each inline module was opened.
        let mut inline: Vec<usize> = Vec::new();
        let mut depth = 0;
        for index in 0..self.tokens.len() {
            match self.kind(index) {
                Some(Kind::Other('{')) => {
                    depth += 1;
                    if let Some(name) = self.inline_module_before(index) {
                        scope.push(name.to_owned());
                        inline.push(depth);
                    }
                }
                Some(Kind::Other('}')) => {
                    if inline.last() == Some(&depth) {
                        inline.pop();
                        scope.pop();
                    }
                    depth = depth.saturating_sub(1);
                }
                Some(Kind::Name("wasm_bindgen")) => self.findings.bindings.push(self.tokens[index].line),
                Some(&Kind::Name(root @ ("crate" | "super"))) if !self.follows_a_path(index) => {
                    self.path(index, root, &scope);
                }
                _ => {}
            }
        }
    }

    fn kind(&self, index: usize) -> Option<&'a Kind<'a>> {
        self.tokens.get(index).map(|token| &token.kind)
    }

    /// The `name` of `mod name {`.
    fn inline_module_before(&self, brace: usize) -> Option<&'a str> {
        let before = |distance: usize| self.kind(brace.checked_sub(distance)?);
        match (before(2), before(1)) {
            (Some(Kind::Name("mod")), Some(&Kind::Name(name))) => Some(name),
            _ => None,
        }
    }

    /// `super` inside `super::super` belongs to the path that began before.
    fn follows_a_path(&self, index: usize) -> bool {
        index > 0 && self.kind(index - 1) == Some(&Kind::PathSeparator)
    }

    /// A path that begins with `crate`, or with `super` seen from `scope`.
    fn path(&mut self, start: usize, root: &str, scope: &[String]) {
        let mut base: Vec<String> = Vec::new();
        let mut index = start + 1;
        if root == "super" {
            let mut up = 1;
            while self.kind(index) == Some(&Kind::PathSeparator)
                && self.kind(index + 1) == Some(&Kind::Name("super"))
            {
                up += 1;
                index += 2;
            }
            base = scope[..scope.len().saturating_sub(up)].to_vec();
        }
        // `pub(crate)` and `pub(super)` name no path.
        if self.kind(index) == Some(&Kind::PathSeparator) {
            self.tree(index + 1, &base);
        }
    }

    /// What follows `::`: a name, a star or a group; returns where it ends.
    fn tree(&mut self, index: usize, base: &[String]) -> usize {
        match self.kind(index) {
            Some(&Kind::Name(name)) => {
                let mut path = base.to_vec();
                if name != "self" {
                    path.push(name.to_owned());
                }
                if self.kind(index + 1) == Some(&Kind::PathSeparator) {
                    return self.tree(index + 2, &path);
                }
                let is_macro = self.kind(index + 1) == Some(&Kind::Other('!'));
                self.mention(index, path, is_macro);
                index + 1
            }
            Some(Kind::Other('{')) => {
                let mut index = index + 1;
                loop {
                    match self.kind(index) {
                        None | Some(Kind::Other('}')) => return index + 1,
                        Some(Kind::Other(',')) => index += 1,
                        Some(Kind::Name("as")) => index += 2,
                        _ => index = self.tree(index, base),
                    }
                }
            }
            // A star, or the `<` of generic arguments: the path ends before it.
            _ => {
                self.mention(index, base.to_vec(), false);
                index + 1
            }
        }
    }

    fn mention(&mut self, index: usize, path: Vec<String>, is_macro: bool) {
        let line = self.tokens.get(index).map_or(0, |token| token.line);
        self.findings.mentions.push(Mention { line, path, is_macro });
    }
}

fn tokens(source: &str) -> Vec<Token<'_>> {
    let bytes = source.as_bytes();
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let kind = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at = source[at..].find('\n').map_or(bytes.len(), |length| at + length);
                None
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = end_of_block_comment(bytes, at);
                None
            }
            b'"' => {
                at = end_of_string(bytes, at);
                None
            }
            b'\'' => {
                at = end_of_quote(source, at);
                None
            }
            byte if is_name_start(byte) => {
                if let Some(end) = end_of_prefixed_string(bytes, at) {
                    at = end;
                    None
                } else {
                    while at < bytes.len() && is_name_part(bytes[at]) {
                        at += 1;
                    }
                    Some(Kind::Name(&source[start..at]))
                }
            }
            byte if byte.is_ascii_digit() => {
                while at < bytes.len() && is_name_part(bytes[at]) {
                    at += 1;
                }
                None
            }
            b':' if bytes.get(at + 1) == Some(&b':') => {
                at += 2;
                Some(Kind::PathSeparator)
            }
            byte => {
                at += 1;
                (!byte.is_ascii_whitespace()).then_some(Kind::Other(char::from(byte)))
            }
        };
        if let Some(kind) = kind {
            tokens.push(Token { line, kind });
        }
        line += bytes[start..at].iter().filter(|&&byte| byte == b'\n').count();
    }
    tokens
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_name_part(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit()
}

/// Block comments nest.
fn end_of_block_comment(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at < bytes.len() {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    bytes.len()
}

fn end_of_string(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// A character literal ends at its closing quote; a lifetime is only its quote.
fn end_of_quote(source: &str, quote: usize) -> usize {
    let mut rest = source[quote + 1..].char_indices();
    match rest.next() {
        Some((_, '\\')) => {
            // Past the escaped character, which may itself be a quote.
            rest.next();
            let end = rest.find(|&(_, character)| character == '\'');
            end.map_or(source.len(), |(offset, _)| quote + 1 + offset + 1)
        }
        Some(_) => match rest.next() {
            Some((offset, '\'')) => quote + 1 + offset + 1,
            _ => quote + 1,
        },
        None => source.len(),
    }
}

/// `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `c"…"`; not the raw name `r#match`.
fn end_of_prefixed_string(bytes: &[u8], start: usize) -> Option<usize> {
    let prefix = bytes[start..].iter().take_while(|byte| matches!(byte, b'b' | b'c' | b'r')).count();
    let is_raw = prefix > 0 && bytes[start + prefix - 1] == b'r';
    let hashes = bytes[start + prefix..].iter().take_while(|&&byte| byte == b'#').count();
    let quote = start + prefix + hashes;
    if prefix == 0 || prefix > 2 || bytes.get(quote) != Some(&b'"') || (hashes > 0 && !is_raw) {
        return None;
    }
    if !is_raw {
        return Some(end_of_string(bytes, quote));
    }
    let mut closing = vec![b'"'];
    closing.resize(1 + hashes, b'#');
    let end = bytes[quote + 1..].windows(closing.len()).position(|window| window == closing);
    Some(end.map_or(bytes.len(), |offset| quote + 1 + offset + closing.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(source: &str, module: &[&str]) -> Vec<String> {
        read(source, module).mentions.iter().map(|mention| mention.path.join("::")).collect()
    }

    #[test]
    fn every_way_of_naming_a_module_is_found() {
        for (source, expected) in [
            ("use crate::graph::Plan;", vec!["graph::Plan"]),
            ("use crate::{graph::{Plan, ops::*}, rng};", vec!["graph::Plan", "graph::ops", "rng"]),
            ("use crate::{self as cajal, math::exp as e};", vec!["", "math::exp"]),
            ("pub(crate) use crate::math;", vec!["math"]),
            ("fn f() -> crate::graph::Plan<crate::rng::Rng> {}", vec!["graph::Plan", "rng::Rng"]),
            ("let x = crate::math::exp::<f32>(1.0);", vec!["math::exp"]),
            ("macro_rules! m { () => { $crate::session::run() } }", vec!["session::run"]),
            ("use super::super::graph::Plan;", vec!["graph::Plan"]),
            ("use super::conv;", vec!["ann::conv"]),
            ("mod tests { use super::*; use super::super::rule; }", vec!["ann::dense", "ann::rule"]),
            ("mod a { mod b { use super::super::x; } } use super::y;", vec!["ann::dense::x", "ann::y"]),
            ("use crate\n    ::graph\n    ::Plan;", vec!["graph::Plan"]),
        ] {
            assert_eq!(paths(source, &["ann", "dense"]), expected, "{source}");
        }
    }

    #[test]
    fn comments_strings_and_visibilities_name_nothing() {
        for source in [
            "// use crate::graph;",
            "/// See [`crate::graph`].",
            "/* use crate::a; /* use crate::b; */ use crate::c; */",
            "let s = \"use crate::graph; \\\" crate::x\";",
            "let s = r#\"crate::graph \" crate::x\"#;",
            "let s = b\"crate::graph\";",
            "pub(crate) struct A; pub(in crate) struct B; pub(super) fn f() {}",
        ] {
            assert_eq!(paths(source, &["ann"]), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn quotes_do_not_swallow_what_follows() {
        for source in [
            "let c = '\"'; use crate::rng;",
            "let c = '\\''; use crate::rng;",
            "let c = '\\u{7f}'; use crate::rng;",
            "let c = 'é'; use crate::rng;",
            "fn f<'a>(x: &'a str) {} use crate::rng;",
            "let c = b'\"'; use crate::rng;",
            "'outer: loop { break 'outer; } use crate::rng;",
            "let r#match = 1; use crate::rng;",
        ] {
            assert_eq!(paths(source, &["ann"]), ["rng"], "{source}");
        }
    }

    #[test]
    fn lines_macros_and_bindings_are_told() {
        let findings = read("\n// x\nuse crate::graph;\ncrate::table!();\n#[wasm_bindgen]\n", &[]);
        let lines: Vec<_> = findings.mentions.iter().map(|m| (m.line, m.is_macro)).collect();
        assert_eq!(lines, [(3, false), (4, true)]);
        assert_eq!(findings.bindings, [5]);
    }
}
