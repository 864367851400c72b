//! Numbers from decimal text, rounded correctly: what `str::parse` gives, without its table of powers of
//! five, which alone weighs ten KB compressed in a page.
//!
//! Up to fifteen digits and small powers of ten are exact in one multiplication or division (Clinger 1990,
//! PLDI, 92–101). Others are divided as whole numbers of any length, to two bits more than are kept and a
//! third that says whether anything was left over. Floor F0.
//!
//! ```
//! assert_eq!(cajal::decimal::parse("-0.25e1"), Some(-2.5));
//! assert_eq!(cajal::decimal::parse("1,5"), None);
//! ```

use core::cmp::Ordering;

/// More significant digits than lie between any two numbers and their middle (767); what follows them only
/// says that something follows.
const MOST_DIGITS: i64 = 800;
/// Beyond any exponent that matters, whatever the digits.
const MOST_EXPONENT: i64 = 1 << 40;

/// The number that a text is, with an optional sign, point and exponent; infinite ones and `nan` in letters of
/// either case.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let named = |names: &[&str]| names.iter().any(|name| unsigned.eq_ignore_ascii_case(name.as_bytes()));
    let size = if named(&["inf", "infinity"]) {
        f64::INFINITY
    } else if named(&["nan"]) {
        f64::NAN
    } else {
        Decimal::read(unsigned)?.rounded()
    };
    Some(if negative { -size } else { size })
}

/// `digits · 10^exponent`.
struct Decimal {
    digits: Whole,
    /// How many digits they are, without zeros in front.
    count: i64,
    exponent: i64,
}

impl Decimal {
    fn read(text: &[u8]) -> Option<Self> {
        let mut number = Self { digits: Whole(vec![]), count: 0, exponent: 0 };
        let (mut point, mut any, mut at, mut left_over) = (false, false, 0, false);
        while let Some(&byte) = text.get(at) {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    let digit = u32::from(byte - b'0');
                    number.exponent -= i64::from(point);
                    if number.count >= MOST_DIGITS {
                        left_over |= digit > 0;
                        number.exponent += 1;
                    } else if number.count > 0 || digit > 0 {
                        number.digits.times_plus(10, digit);
                        number.count += 1;
                    }
                }
                b'.' if !point => point = true,
                _ => break,
            }
            at += 1;
        }
        if left_over {
            number.digits.times_plus(10, 1);
            number.count += 1;
            number.exponent -= 1;
        }
        let written = match &text[at..] {
            [] => 0,
            [b'e' | b'E', b'-', digits @ ..] => -exponent(digits)?,
            [b'e' | b'E', b'+', digits @ ..] | [b'e' | b'E', digits @ ..] => exponent(digits)?,
            _ => return None,
        };
        number.exponent += written;
        any.then_some(number)
    }

    fn rounded(self) -> f64 {
        let Self { mut digits, count, exponent } = self;
        // The number lies from 0.1 to 1 times ten to this power.
        let size = count + exponent;
        if count == 0 || size < -330 {
            return 0.0;
        }
        if size > 310 {
            return f64::INFINITY;
        }
        if count <= 15 && exponent.abs() <= 22 {
            let exact = digits.0.iter().rev().fold(0.0, |sum, &word| sum * 4_294_967_296.0 + f64::from(word));
            let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
            return if exponent < 0 { exact / power } else { exact * power };
        }
        let mut divisor = Whole(vec![1]);
        let scaled = if exponent < 0 { &mut divisor } else { &mut digits };
        for _ in 0..exponent.abs() {
            scaled.times_plus(10, 0);
        }
        quotient(digits, divisor)
    }
}

fn exponent(digits: &[u8]) -> Option<i64> {
    let all = digits.iter().all(u8::is_ascii_digit) && !digits.is_empty();
    let more = |sum: i64, digit: &u8| (10 * sum + i64::from(digit - b'0')).min(MOST_EXPONENT);
    all.then(|| digits.iter().fold(0, more))
}

/// The number nearest to a quotient, the even one of two.
fn quotient(mut dividend: Whole, mut divisor: Whole) -> f64 {
    // The quotient lies between half of and twice two to this power.
    let power = dividend.bits() - divisor.bits();
    if power < 0 {
        dividend.shift_left(power.unsigned_abs());
    } else {
        divisor.shift_left(power.unsigned_abs());
    }
    // Numbers below the normal ones have fewer bits.
    let bits = 54.min(power + 1075);
    let mut found = 0u64;
    for _ in 0..=bits {
        found *= 2;
        if dividend.order(&divisor).is_ge() {
            dividend.subtract(&divisor);
            found += 1;
        }
        dividend.shift_left(1);
    }
    let odd = u64::from(!dividend.0.is_empty());
    // In two steps, of which the first is exact: the smallest power is no number itself.
    let power = power - bits - 1;
    let half = power / 2;
    ((2 * found) | odd) as f64 * power_of_two(half) * power_of_two(power - half)
}

fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((1023 + power) as u64) << 52)
}

/// A whole number of any size, its lowest 32 bits first, without zeros at the end.
struct Whole(Vec<u32>);

impl Whole {
    fn times_plus(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(factor);
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift_left(&mut self, bits: u32) {
        if !bits.is_multiple_of(32) {
            self.times_plus(1 << (bits % 32), 0);
        }
        if !self.0.is_empty() {
            self.0.splice(0..0, std::iter::repeat_n(0, (bits / 32) as usize));
        }
    }

    fn bits(&self) -> i32 {
        self.0.last().map_or(0, |last| 32 * self.0.len() as i32 - last.leading_zeros() as i32)
    }

    fn order(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes away a number that is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (at, word) in self.0.iter_mut().enumerate() {
            let (less, first) = word.overflowing_sub(other.0.get(at).copied().unwrap_or(0));
            let (less, second) = less.overflowing_sub(u32::from(borrow));
            (*word, borrow) = (less, first || second);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    fn check(text: &str) {
        let (ours, theirs) = (parse(text), text.parse::<f64>().ok());
        assert_eq!(ours.map(f64::to_bits), theirs.map(f64::to_bits), "{text}: {ours:?}, {theirs:?}");
    }

    #[test]
    fn reads_what_the_standard_library_reads() {
        let texts = [
            "",
            "+",
            "-",
            ".",
            "-.",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1e-",
            "1.5e1.5",
            "1 ",
            " 1",
            "1,5",
            "1_0",
            "0x10",
            "1.2.3",
            "--1",
            "+-1",
            "1e5f",
            "é",
            "1é",
            "infin",
            "nano",
            "0",
            "-0",
            "+0",
            "00",
            "5.",
            ".5",
            "-.5",
            "007",
            "1E5",
            "1e05",
            "1e+5",
            "1e-5",
            "inf",
            "-Inf",
            "INFINITY",
            "NaN",
            "+nan",
            "0e9",
            "0e99999999999999999999",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "-1e400",
            "1e309",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e308",
            "1e-400",
            "4.9e-324",
            "2.5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "7.4e-324",
            "2.2250738585072011e-308",
            "2.2250738585072012e-308",
            "2.2250738585072014e-308",
            "1e-310",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740993.0000000000000000000000001",
            "8.5e-323",
            "123456789012345678901234567890",
            "0.1",
            "0.30000000000000004",
            "3.14159265358979",
        ];
        texts.into_iter().for_each(check);
        // Middles between two numbers, as long as they get, and what lies just beside them.
        for text in ["9007199254740993", "2.4703282292062327208"] {
            for tail in ["", "1"] {
                let zeros = "0".repeat(900);
                check(&format!("{text}{}{zeros}{tail}", if text.contains('.') { "" } else { "." }));
                check(&format!("{text}{zeros}{tail}e-900"));
            }
        }
    }

    #[test]
    fn reads_every_number_and_its_neighbourhood() {
        let draws = Stream::new(5, StreamId::Data);
        for at in 0..20_000 {
            let number = f64::from_bits(draws.u64_at(0, at));
            // A subnormal one, a single one.
            let small = f64::from_bits(draws.u64_at(1, at) >> (12 + at % 50));
            let single = f64::from(f32::from_bits(draws.u64_at(2, at) as u32));
            for number in [number, small, single] {
                for text in [format!("{number}"), format!("{number:e}"), format!("{number:.16e}")] {
                    check(&text);
                }
                // The middle between it and the next, which is exact with enough digits.
                let next = f64::from_bits(number.to_bits() + 1);
                if number.abs() > 1e-250 && number.abs() < 1e15 {
                    check(&format!("{:.800}", number / 2.0 + next / 2.0));
                }
            }
            let digits = draws.u64_at(3, at);
            check(&format!("{}e{}", digits >> (at % 64), (at % 700) as i64 - 350));
        }
    }
}
