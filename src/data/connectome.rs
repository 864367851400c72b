//! The wiring of a worm: all neurons of *Caenorhabditis elegans* outside the pharynx that have synapses.
//!
//! White, Southgate, Thomson & Brenner (1986, Phil. Trans. R. Soc. B 314, 1–340) traced it in electron
//! micrographs; Varshney, Chen, Paniagua, Hall & Chklovskii (2011, PLoS Comput. Biol. 7, e1001066)
//! completed it: 279 neurons, chemical synapses with a direction and gap junctions without. Which neurons
//! release GABA is from McIntire, Jorgensen, Kaplan & Horvitz (1993, Nature 364, 337–341).
//!
//! The format (all numbers little-endian): `"CAJW"`, then `u32` version (1), neurons, bytes of the names; the
//! names, a line each; a byte a neuron, 1 where it releases GABA; then the chemical synapses and in the
//! same way the gap junctions: for each neuron in how many others it has contacts (`u8`), which ones
//! (`u16`), and with how many contacts each (`u8`). `data/pack.py` makes it. Floor F1.
//!
//! ```
//! use cajal::data::connectome::Connectome;
//! let worm = Connectome::shipped();
//! let (touch, command) = (worm.neuron("ALML"), worm.neuron("AVDL"));
//! assert!(touch.is_some() && command.is_some() && worm.neuron("ALMX").is_none());
//! ```

/// Contacts of one neuron with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The neuron that sends; of a gap junction the first of both.
    pub pre: u16,
    /// The neuron that receives.
    pub post: u16,
    /// How many synapses or junctions.
    pub contacts: u8,
}

/// Neurons and what connects them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connectome {
    /// Names of the neurons.
    pub names: Vec<String>,
    /// Whether a neuron releases GABA.
    pub gaba: Vec<bool>,
    /// Chemical synapses, one entry a pair and direction.
    pub chemical: Vec<Link>,
    /// Gap junctions, one entry a pair; three neurons have one with themselves.
    pub gaps: Vec<Link>,
}

/// Why bytes are not a connectome.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectomeError {
    /// The bytes do not begin as a packed connectome does.
    #[error("expected a packed connectome of version 1 to begin with CAJW, got {got:?}")]
    Magic {
        /// What it begins with.
        got: Vec<u8>,
    },
    /// The file ends before, or goes on after, what it says.
    #[error("expected {expected} more bytes for {what}, got {got}")]
    Length {
        /// Of what.
        what: &'static str,
        /// How many should follow.
        expected: usize,
        /// How many follow.
        got: usize,
    },
    /// Names that are not one line of text a neuron.
    #[error("expected {neurons} names, a line of text each")]
    Names {
        /// Number of neurons.
        neurons: u32,
    },
    /// A neuron that does not exist.
    #[error("expected neurons below {neurons}, got {got} as a partner of neuron {of}")]
    Partner {
        /// Number of neurons.
        neurons: u32,
        /// The neuron with the partner.
        of: usize,
        /// What came.
        got: u16,
    },
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize, what: &'static str) -> Result<&'a [u8], ConnectomeError> {
        let short = ConnectomeError::Length { what, expected: count, got: self.0.len() };
        let (taken, rest) = self.0.split_at_checked(count).ok_or(short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, ConnectomeError> {
        Ok(self.take(4, "a number")?.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }

    fn links(&mut self, neurons: u32) -> Result<Vec<Link>, ConnectomeError> {
        let partners = self.take(neurons as usize, "numbers of partners")?;
        let count = partners.iter().map(|&partners| usize::from(partners)).sum();
        let posts = self.take(2 * count, "partners")?;
        let contacts = self.take(count, "contacts")?;
        let pres = partners.iter().enumerate().flat_map(|(pre, &n)| std::iter::repeat_n(pre, n.into()));
        let all = pres.zip(posts.as_chunks::<2>().0).zip(contacts);
        let link = |((of, post), &contacts): ((usize, &[u8; 2]), &u8)| {
            let got = u16::from_le_bytes(*post);
            if u32::from(got) >= neurons {
                return Err(ConnectomeError::Partner { neurons, of, got });
            }
            Ok(Link { pre: of as u16, post: got, contacts })
        };
        all.map(link).collect()
    }
}

impl Connectome {
    /// The connectome in these bytes.
    ///
    /// # Errors
    /// If they are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConnectomeError> {
        let mut reader = Reader(bytes);
        let begin = reader.0.get(..8).unwrap_or(reader.0);
        if begin != b"CAJW\x01\0\0\0" {
            return Err(ConnectomeError::Magic { got: begin.to_vec() });
        }
        reader.take(8, "the header")?;
        let neurons = reader.number()?.min(u32::from(u16::MAX));
        let length = reader.number()? as usize;
        let text = reader.take(length, "names")?;
        let wrong = ConnectomeError::Names { neurons };
        let text = core::str::from_utf8(text).map_err(|_| wrong.clone())?;
        let names: Vec<String> = text.split('\n').map(str::to_owned).collect();
        if names.len() != neurons as usize {
            return Err(wrong);
        }
        let gaba = reader.take(neurons as usize, "transmitters")?.iter().map(|&byte| byte == 1).collect();
        let (chemical, gaps) = (reader.links(neurons)?, reader.links(neurons)?);
        match reader.0.len() {
            0 => Ok(Self { names, gaba, chemical, gaps }),
            got => Err(ConnectomeError::Length { what: "nothing", expected: 0, got }),
        }
    }

    /// The one that comes with the engine, in `data/connectome.bin`.
    pub fn shipped() -> Self {
        Self::parse(include_bytes!("../../data/connectome.bin"))
            .unwrap_or_else(|why| panic!("the file as it was packed: {why}"))
    }

    /// The place of a neuron.
    pub fn neuron(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|own| own == name).map(|place| place as u32)
    }

    /// The places of the neurons of a class: those whose names are `class` followed by sides or a number.
    pub fn class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = u32> + 'a {
        let belongs = move |name: &String| {
            name.strip_prefix(class).is_some_and(|rest| {
                rest.bytes().all(|byte| byte.is_ascii_digit()) || ["L", "R"].contains(&rest)
            })
        };
        (0..).zip(&self.names).filter(move |(_, name)| belongs(name)).map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Vec<u8> {
        let mut bytes = b"CAJW".to_vec();
        for number in [1u32, 2, 3] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(b"A\nB\x00\x01");
        bytes.extend([1, 0, 1, 0, 7]); // A to B, seven contacts
        bytes.extend([0, 1, 1, 0, 2]); // B with itself, two
        bytes
    }

    #[test]
    fn links_are_read_row_by_row() {
        let worm = Connectome::parse(&small()).expect("a connectome");
        assert_eq!(
            (worm.names.as_slice(), worm.gaba.as_slice()),
            (&["A".into(), "B".into()][..], &[false, true][..])
        );
        assert_eq!(worm.chemical, [Link { pre: 0, post: 1, contacts: 7 }]);
        assert_eq!(worm.gaps, [Link { pre: 1, post: 1, contacts: 2 }]);
    }

    #[test]
    fn whatever_is_not_the_format_is_refused() {
        let whole = small();
        for length in 0..whole.len() {
            assert!(Connectome::parse(&whole[..length]).is_err(), "{length} bytes");
        }
        let with = |place: usize, byte: u8| {
            let mut bytes = small();
            bytes[place] = byte;
            Connectome::parse(&bytes).unwrap_err()
        };
        assert!(matches!(with(0, b'c'), ConnectomeError::Magic { .. }));
        assert!(matches!(with(8, 3), ConnectomeError::Names { neurons: 3 }));
        assert!(matches!(with(16, 0xff), ConnectomeError::Names { .. }));
        assert_eq!(with(23, 2), ConnectomeError::Partner { neurons: 2, of: 0, got: 2 });
        let error = Connectome::parse(&[whole.as_slice(), &[0]].concat()).unwrap_err();
        assert_eq!(error.to_string(), "expected 0 more bytes for nothing, got 1");
    }

    #[test]
    fn classes_have_sides_or_numbers() {
        let worm = Connectome::shipped();
        let names =
            |class| worm.class(class).map(|place| worm.names[place as usize].as_str()).collect::<Vec<_>>();
        assert_eq!(names("AVA"), ["AVAL", "AVAR"]);
        assert_eq!(names("AVM"), ["AVM"]);
        assert_eq!((names("VA").len(), names("DB").len(), names("RMD").len()), (12, 7, 2));
        assert_eq!(worm.gaba.iter().filter(|&&gaba| gaba).count(), 26);
    }
}
