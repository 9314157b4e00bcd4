import * as tf from '@tensorflow/tfjs-core';

/**
 * Each image under an affine transformation (Jaderberg et al. 2015, "Spatial Transformer Networks", equations 1 and 5),
 * differentiable in both: output pixel p takes the image's value at theta * (p, 1), between pixels interpolated
 * bilinearly, outside of the image zero. Coordinates are normalised: x from -1 at the image's left edge to 1 at its
 * right edge, y likewise from top to bottom. As PyTorch's `affine_grid` and `grid_sample` with
 * `mode='bilinear', padding_mode='zeros', align_corners=False`.
 *
 * @param images  [N, H, W, C]
 * @param theta   [N, 6], the 2x3 matrices row by row; 1, 0, 0, 0, 1, 0 gives the images back as they are
 * @returns [N, H, W, C]
 */
export function sampleAffine(images: tf.Tensor4D, theta: tf.Tensor2D): tf.Tensor4D {
  const { shape } = images;
  const [batch, height, width, channels] = shape;
  return tf.tidy(() => {
    // A frame of zeros, one pixel before and two after: where every position is moved to that is farther outside.
    const frame: [number, number] = [1, 2];
    const framed = tf.pad(images, [[0, 0], frame, frame, [0, 0]]);
    const [x, y] = affineGrid(theta, height, width).map((positions, i) =>
      tf.clipByValue(positions, -1, i === 0 ? width : height),
    );
    const [left, top] = [tf.floor(x), tf.floor(y)]; // (N, H * W)

    const rows = tf.reshape<tf.Rank.R2>(framed, [-1, channels]); // (N * (H + 3) * (W + 3), C)
    const topLeft = framedRows(left, top, height, width);
    const at = (dy: number, dx: number) => gatherRows(rows, tf.add(topLeft, tf.scalar(dy * (width + 3) + dx, 'int32')));
    const column = (weights: tf.Tensor) => tf.reshape(weights, [batch * height * width, 1]);
    const [right, bottom] = [column(tf.sub(x, left)), column(tf.sub(y, top))]; // weights of the right and lower pixels
    const sampled = between(between(at(0, 0), at(0, 1), right), between(at(1, 0), at(1, 1), right), bottom);
    return tf.reshape(sampled, shape);
  });
}

/**
 * The 2x3 matrices of the inverse transformations.
 *
 * @param theta  [N, 6]
 * @returns [N, 6]; not finite where a transformation has no inverse
 */
export function invertAffine(theta: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [a, b, x, c, d, y] = tf.split(theta, 6, 1); // (N, 1) each
    const adjugate = [d, tf.neg(b), difference(b, y, d, x), tf.neg(c), a, difference(c, x, a, y)];
    return tf.div(tf.concat(adjugate, 1), difference(a, d, b, c));
  });
}

/** a * b - c * d */
function difference(a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(a, b), tf.mul(c, d));
}

/**
 * Where each output pixel looks, [x, y], in pixels of the image: [N, H * W] each. From a pixel centre's distance to the
 * image's centre, which float32 holds exactly, so that the identity's positions are exact.
 */
function affineGrid(theta: tf.Tensor2D, height: number, width: number): [tf.Tensor2D, tf.Tensor2D] {
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const u = new Float32Array(height * width).map((_, p) => (p % width) - centreX);
  const v = new Float32Array(height * width).map((_, p) => Math.floor(p / width) - centreY);
  const ratio = width / height;
  const along = (row: number, ofX: Float32Array, ofY: Float32Array, size: number): tf.Tensor2D => {
    const basis = tf.stack([tf.tensor1d(ofX), tf.tensor1d(ofY), tf.fill([u.length], size / 2)]); // (3, H * W)
    const positions = tf.matMul(tf.slice(theta, [0, 3 * row], [-1, 3]), basis as tf.Tensor2D);
    return tf.add(positions, (size - 1) / 2);
  };
  return [
    along(0, u, v.map((value) => value * ratio), width),
    along(1, u.map((value) => value / ratio), v, height),
  ]; // prettier-ignore
}

/** Rows of the framed images that hold the pixels at whole positions from -1 on: [N * H * W], int32. */
function framedRows(left: tf.Tensor, top: tf.Tensor, height: number, width: number): tf.Tensor1D {
  const [rows, columns] = [height + 3, width + 3];
  const inImage = tf.cast(tf.add(tf.mul(tf.add(top, 1), columns), tf.add(left, 1)), 'int32'); // (N, H * W)
  const images = tf.range(0, left.shape[0], 1, 'int32');
  return tf.reshape(tf.add(inImage, tf.reshape(tf.mul(images, tf.scalar(rows * columns, 'int32')), [-1, 1])), [-1]);
}

/**
 * tf.gather with a gradient that leaves the indices out: they come from theta, and TensorFlow.js would want to go on
 * through them.
 */
function gatherRows(x: tf.Tensor2D, indices: tf.Tensor1D): tf.Tensor2D {
  const gather = tf.customGrad((...args) => {
    const save = args[1] as tf.GradSaveFunc;
    save([indices]);
    const [count] = x.shape;
    return {
      value: tf.gather(x, indices),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.unsortedSegmentSum(dy, saved[0] as tf.Tensor1D, count),
    };
  });
  return gather(x) as tf.Tensor2D;
}

/** a where the weight is 0, b where it is 1. */
function between(a: tf.Tensor, b: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  return tf.add(a, tf.mul(tf.sub(b, a), weight));
}
