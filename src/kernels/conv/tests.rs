use super::*;
use crate::kernels::held::{hard_numbers, plain_numbers, same_bits};
use crate::kernels::reference::conv as twin;

/// All sizes of windows, strides and paddings, with channels and groups taken in turn.
fn shapes() -> Vec<Conv2d> {
    let channels = [
        (1, 6, 1),
        (6, 16, 1),
        (3, 1, 1),
        (1, 1, 1),
        (4, 5, 1),
        (5, 33, 1),
        (31, 4, 1),
        (33, 3, 3),
        (4, 10, 2),
        (10, 24, 2),
        (5, 5, 5),
        (31, 31, 31),
        (16, 16, 16),
        (3, 6, 3),
        (16, 13, 1),
    ];
    let mut shapes = Vec::new();
    for size in [[1, 1], [3, 3], [5, 5], [2, 3], [1, 4]] {
        for stride in [[1, 1], [2, 2], [3, 3], [1, 2], [3, 1]] {
            for padding in [[0, 0], [1, 1], [2, 2], [0, 2]] {
                let (in_channels, out_channels, groups) = channels[shapes.len() % channels.len()];
                let window = Window { size, stride, padding };
                let input = [[5, 6], [7, 5], [9, 8]][shapes.len() % 3];
                let batch = [1, 2, 3, 19][shapes.len() % 4];
                shapes.push(Conv2d { batch, input, in_channels, out_channels, groups, window });
            }
        }
    }
    let lenet = Window { size: [5, 5], stride: [1, 1], padding: [2, 2] };
    shapes.push(Conv2d {
        batch: 5,
        input: [28, 28],
        in_channels: 1,
        out_channels: 6,
        groups: 1,
        window: lenet,
    });
    shapes
}

fn forward(shape: Conv2d, images: &[f32], weights: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
    let mut out = vec![f32::NAN; shape.output_len()];
    let mut workspace = vec![f32::NAN; shape.workspace_len()];
    conv2d(shape, images, weights, bias, &mut out, &mut workspace);
    out
}

fn to_weights(shape: Conv2d, images: &[f32], dy: &[f32]) -> Vec<f32> {
    let mut d_weights = vec![f32::NAN; shape.weight_len()];
    let mut workspace = vec![f32::NAN; shape.weight_gradient_workspace_len()];
    conv2d_weight_gradient(shape, images, dy, &mut d_weights, &mut workspace);
    d_weights
}

fn to_images(shape: Conv2d, dy: &[f32], weights: &[f32]) -> Vec<f32> {
    let mut d_images = vec![f32::NAN; shape.input_len()];
    let mut workspace = vec![f32::NAN; shape.input_gradient_workspace_len()];
    conv2d_input_gradient(shape, dy, weights, &mut d_images, &mut workspace);
    d_images
}

#[test]
fn all_three_repeat_their_twins_bit_by_bit() {
    for shape in shapes() {
        for hard in [false, true] {
            let numbers = if hard { hard_numbers } else { plain_numbers };
            let images = numbers(shape.input_len(), 1);
            let weights = numbers(shape.weight_len(), 2);
            let (bias, dy) = (numbers(shape.out_channels, 3), numbers(shape.output_len(), 4));

            let mut expected = vec![0.0; shape.output_len()];
            twin::conv2d(shape, &images, &weights, Some(&bias), &mut expected);
            let out = forward(shape, &images, &weights, Some(&bias));
            same_bits(&format!("forward, {shape:?}"), &out, &expected);
            twin::conv2d(shape, &images, &weights, None, &mut expected);
            let out = forward(shape, &images, &weights, None);
            same_bits(&format!("forward without bias, {shape:?}"), &out, &expected);

            let mut expected = vec![0.0; shape.weight_len()];
            twin::conv2d_weight_gradient(shape, &images, &dy, &mut expected);
            let d_weights = to_weights(shape, &images, &dy);
            same_bits(&format!("to the weights, {shape:?}"), &d_weights, &expected);

            let weights = plain_numbers(shape.weight_len(), 2);
            let mut expected = vec![0.0; shape.input_len()];
            twin::conv2d_input_gradient(shape, &dy, &weights, &mut expected);
            let d_images = to_images(shape, &dy, &weights);
            same_bits(&format!("to the images, {shape:?}"), &d_images, &expected);
        }
    }
}

#[test]
fn gradients_are_those_of_central_differences() {
    let wide = |numbers: &[f32]| numbers.iter().map(|&x| f64::from(x)).collect::<Vec<f64>>();
    for shape in shapes().into_iter().filter(|shape| shape.batch < 4).step_by(3) {
        let images = plain_numbers(shape.input_len(), 1);
        let weights = plain_numbers(shape.weight_len(), 2);
        let dy = plain_numbers(shape.output_len(), 4);
        // `Σ dy·out` of the twin in double precision.
        let objective = |images: &[f64], weights: &[f64]| {
            let mut out = vec![0.0; shape.output_len()];
            twin::conv2d(shape, images, weights, None, &mut out);
            out.iter().zip(&dy).map(|(out, &dy)| out * f64::from(dy)).sum::<f64>()
        };
        let check = |gradient: &[f32], objective: &dyn Fn(&[f64]) -> f64, at: &[f32], what: &str| {
            let scale = gradient.iter().fold(1e-3, |most: f64, &g| most.max(f64::from(g.abs())));
            for index in (0..at.len()).step_by(at.len().div_ceil(7)) {
                let mut numbers = wide(at);
                numbers[index] += 0.5;
                let above = objective(&numbers);
                numbers[index] -= 1.0;
                let slope = above - objective(&numbers);
                let error = (f64::from(gradient[index]) - slope).abs();
                assert!(error < 1e-4 * scale, "{what} {index}: {} or {slope}, {shape:?}", gradient[index]);
            }
        };
        let (images64, weights64) = (wide(&images), wide(&weights));
        let d_weights = to_weights(shape, &images, &dy);
        check(&d_weights, &|weights| objective(&images64, weights), &weights, "weight");
        let d_images = to_images(shape, &dy, &weights);
        check(&d_images, &|images| objective(images, &weights64), &images, "pixel");
    }
}

#[test]
fn a_nan_reaches_only_the_positions_that_see_it() {
    let window = Window { size: [3, 3], stride: [1, 1], padding: [1, 1] };
    let shape = Conv2d { batch: 2, input: [6, 7], in_channels: 2, out_channels: 4, groups: 2, window };
    let mut images = plain_numbers(shape.input_len(), 1);
    let weights = plain_numbers(shape.weight_len(), 2);
    // Row 2, column 3 of the second example, second channel.
    images[((6 + 2) * 7 + 3) * 2 + 1] = f32::NAN;
    let out = forward(shape, &images, &weights, None);
    for (index, value) in out.iter().enumerate() {
        let (example, row, col) = (index / 4 / 42, index / 4 / 7 % 6, index / 4 % 7);
        let sees = example == 1 && (1..4).contains(&row) && (2..5).contains(&col) && index % 4 >= 2;
        assert_eq!(value.is_nan(), sees, "element {index}");
    }
    let dy = vec![1.0; shape.output_len()];
    let d_weights = to_weights(shape, &images, &dy);
    assert!(d_weights.iter().enumerate().all(|(index, value)| value.is_nan() == (index % 4 >= 2)));

    let mut dy = vec![1.0; shape.output_len()];
    dy[(6 * 7) * 4] = f32::NAN;
    let d_images = to_images(shape, &dy, &weights);
    for (index, value) in d_images.iter().enumerate() {
        let (example, row, col) = (index / 2 / 42, index / 2 / 7 % 6, index / 2 % 7);
        let sees = example == 1 && row < 2 && col < 2 && index % 2 == 0;
        assert_eq!(value.is_nan(), sees, "pixel {index}");
    }
}
