//! Records of comma-separated text (RFC 4180), as spreadsheets write it.
//!
//! Beyond the RFC: semicolon or tab instead of the comma, `\n` or `\r` instead of `\r\n`, blanks
//! around a field, blank lines between records. A quote within an unquoted field is an ordinary
//! character. Fields borrow from the text, so a file of 5 MB costs its cells only once.

use std::borrow::Cow;

use super::table::MAX_COLUMNS;
use super::table_error::TableError;

/// One field of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field<'a> {
    /// Without quotes and without blanks around it.
    pub text: Cow<'a, str>,
    /// Line on which it begins, from 1.
    pub line: u32,
}

/// Reads one record after the other.
#[derive(Clone)]
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    delimiter: u8,
}

impl<'a> Records<'a> {
    pub fn new(text: &'a str, delimiter: u8) -> Self {
        Self { text, at: 0, line: 1, delimiter }
    }

    /// Reads the next record that is not blank into `fields`; whether there was one.
    pub fn read(&mut self, fields: &mut Vec<Field<'a>>) -> Result<bool, TableError> {
        while self.at < self.text.len() {
            fields.clear();
            loop {
                let column = fields.len() as u32 + 1;
                if column > MAX_COLUMNS {
                    return Err(TableError::TooManyColumns { line: self.line });
                }
                fields.push(self.field(column)?);
                if self.peek() != Some(self.delimiter) {
                    break;
                }
                self.at += 1;
            }
            let blank = fields.len() == 1 && fields[0].text.is_empty();
            self.end_line();
            if !blank {
                return Ok(true);
            }
        }
        fields.clear();
        Ok(false)
    }

    /// A field up to its delimiter, the end of the line, or of the text.
    fn field(&mut self, column: u32) -> Result<Field<'a>, TableError> {
        self.skip_blanks();
        let line = self.line;
        if self.peek() == Some(b'"') {
            let text = self.quoted(line, column)?;
            self.skip_blanks();
            return match self.peek() {
                Some(byte) if !self.ends_field(byte) => {
                    Err(TableError::AfterQuote { line: self.line, column })
                }
                _ => Ok(Field { text, line }),
            };
        }
        let start = self.at;
        while self.peek().is_some_and(|byte| !self.ends_field(byte)) {
            self.at += 1;
        }
        // Both ends stand beside an ASCII byte or the text's end: never within a character.
        let text = Cow::Borrowed(self.text[start..self.at].trim());
        Ok(Field { text, line })
    }

    /// The content of a quoted field; stands behind the closing quote afterwards.
    fn quoted(&mut self, line: u32, column: u32) -> Result<Cow<'a, str>, TableError> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.peek() {
                None => return Err(TableError::OpenQuote { line, column }),
                Some(b'"') if self.text.as_bytes().get(self.at + 1) == Some(&b'"') => {
                    escaped = true;
                    self.at += 2;
                }
                Some(b'"') => break,
                Some(b'\r' | b'\n') => self.end_line(),
                Some(_) => self.at += 1,
            }
        }
        let content = self.text[start..self.at].trim();
        self.at += 1;
        Ok(if escaped { Cow::Owned(content.replace("\"\"", "\"")) } else { Cow::Borrowed(content) })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn ends_field(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte != self.delimiter && (byte == b' ' || byte == b'\t')) {
            self.at += 1;
        }
    }

    /// Passes `\r\n`, `\n` or `\r`, if one stands here.
    fn end_line(&mut self) {
        let bytes = &self.text.as_bytes()[self.at..];
        let length = match bytes {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return,
        };
        self.at += length;
        self.line += 1;
    }
}

/// The delimiter of the text: of tab, semicolon and comma the first that cuts all of the first
/// records into the same number of fields, more than one. Failing that, the one that cuts the first
/// record into most, so that the reader reports the line which differs. Comma is tried last because
/// it also stands in the numbers of half the world.
pub(super) fn delimiter_of(text: &str) -> u8 {
    const SAMPLE: usize = 32;
    let mut best = (b',', 1);
    for delimiter in [b'\t', b';', b','] {
        let mut records = Records::new(text, delimiter);
        let mut fields = Vec::new();
        let mut counts = Vec::new();
        while counts.len() < SAMPLE && records.read(&mut fields) == Ok(true) {
            counts.push(fields.len());
        }
        let first = counts.first().copied().unwrap_or(0);
        if first > 1 && counts.iter().all(|&count| count == first) {
            return delimiter;
        }
        if first > best.1 {
            best = (delimiter, first);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, delimiter: u8) -> Vec<Vec<(String, u32)>> {
        let mut records = Records::new(text, delimiter);
        let mut fields = Vec::new();
        let mut found = Vec::new();
        while records.read(&mut fields).unwrap() {
            found.push(fields.iter().map(|f| (f.text.to_string(), f.line)).collect());
        }
        found
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        type Case<'a> = (&'a str, u8, &'a [&'a [(&'a str, u32)]]);
        let cases: &[Case] = &[
            ("", b',', &[]),
            ("\n \r\n\n", b',', &[]),
            ("a,b", b',', &[&[("a", 1), ("b", 1)]]),
            ("a,b\r\nc,d\r\n", b',', &[&[("a", 1), ("b", 1)], &[("c", 2), ("d", 2)]]),
            ("a\rb\r", b',', &[&[("a", 1)], &[("b", 2)]]),
            (" a ;\t b b ", b';', &[&[("a", 1), ("b b", 1)]]),
            ("a\t\tb", b'\t', &[&[("a", 1), ("", 1), ("b", 1)]]),
            ("a,\n,b", b',', &[&[("a", 1), ("", 1)], &[("", 2), ("b", 2)]]),
            ("\"a,\"\"b\"\"\",c", b',', &[&[("a,\"b\"", 1), ("c", 1)]]),
            ("\"a\r\nb\" , c\nd,e", b',', &[&[("a\r\nb", 1), ("c", 2)], &[("d", 3), ("e", 3)]]),
            ("5\" pipe,\"\"", b',', &[&[("5\" pipe", 1), ("", 1)]]),
            ("\n\nä,é\n", b',', &[&[("ä", 3), ("é", 3)]]),
        ];
        for (text, delimiter, expected) in cases {
            let expected: Vec<Vec<(String, u32)>> = expected
                .iter()
                .map(|record| record.iter().map(|(text, line)| (text.to_string(), *line)).collect())
                .collect();
            assert_eq!(all(text, *delimiter), expected, "{text:?}");
        }
    }

    #[test]
    fn finds_the_delimiter() {
        for (text, expected) in [
            ("a,b\n1,2", b','),
            ("a;b\n1;2", b';'),
            ("a\tb\n1\t2", b'\t'),
            ("1,5;2,5\n3,5;4,5", b';'),
            ("\"a;b\",c\n\"d;e\",f", b','),
            ("a,b,c\n1,2", b','),
            ("a;b;c\n1;2,0", b';'),
            ("", b','),
            ("one\ntwo", b','),
        ] {
            assert_eq!(delimiter_of(text) as char, expected as char, "{text:?}");
        }
    }
}
