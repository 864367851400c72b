//! A window that slides over an image: where convolution and pooling look.
//!
//! `output = ⌊(input + 2·padding − size) / stride⌋ + 1` in each direction (Dumoulin & Visin 2016,
//! arXiv:1603.07285, relationship 6).

/// Sizes of a sliding window, each as `[rows, columns]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// How far it reaches.
    pub size: [usize; 2],
    /// Distance of neighbouring positions, at least 1.
    pub stride: [usize; 2],
    /// How far it may reach beyond each border.
    pub padding: [usize; 2],
}

impl Window {
    /// Positions `[rows, columns]` on an image of `input` rows and columns; `None` where the window
    /// fits nowhere or has no size or no stride.
    pub fn output_size(self, input: [usize; 2]) -> Option<[usize; 2]> {
        let mut output = [0; 2];
        for (axis, positions) in output.iter_mut().enumerate() {
            let (size, stride) = (self.size[axis], self.stride[axis]);
            let reach = self.padding[axis].checked_mul(2)?.checked_add(input[axis])?;
            if size == 0 || stride == 0 {
                return None;
            }
            *positions = reach.checked_sub(size)? / stride + 1;
        }
        Some(output)
    }

    /// The same with strides no longer than what they stride over: of a longer one there is one position.
    pub fn within(self, input: [usize; 2]) -> Self {
        let reach = |axis: usize| self.padding[axis].saturating_mul(2).saturating_add(input[axis]).max(1);
        Self { stride: [0, 1].map(|axis| self.stride[axis].min(reach(axis))), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_as_in_the_formula() {
        let cases = [
            ([5, 5], [1, 1], [2, 2], [28, 28], Some([28, 28])),
            ([5, 5], [1, 1], [0, 0], [14, 14], Some([10, 10])),
            ([2, 2], [2, 2], [0, 0], [5, 4], Some([2, 2])),
            ([3, 1], [2, 3], [1, 0], [6, 7], Some([3, 3])),
            ([4, 4], [1, 1], [0, 0], [3, 9], None),
            ([0, 1], [1, 1], [0, 0], [3, 3], None),
            ([1, 1], [0, 1], [0, 0], [3, 3], None),
            ([1, 1], [1, 1], [usize::MAX, 0], [3, 3], None),
        ];
        for (size, stride, padding, input, output) in cases {
            let window = Window { size, stride, padding };
            assert_eq!(window.output_size(input), output, "{window:?} on {input:?}");
        }
    }
}
