/**
 * Batch normalisation over the last axis, on plain typed arrays: the one pass over memory per statistic that the
 * engines without a fused kernel use. Sums are kept in float64, because float32 sums cost two digits in deep networks.
 */

/** Per-channel mean and biased variance of x [count, channels] (two passes: the squares are taken about the mean). */
export function channelMoments(x: Float32Array, channels: number, mean: Float32Array, variance: Float32Array): void {
  const count = x.length / channels;
  const sum = new Float64Array(channels);
  for (let i = 0; i < x.length; i += channels) {
    for (let c = 0; c < channels; c++) sum[c] += x[i + c];
  }
  for (let c = 0; c < channels; c++) sum[c] /= count;
  const squares = new Float64Array(channels);
  for (let i = 0; i < x.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const d = x[i + c] - sum[c];
      squares[c] += d * d;
    }
  }
  for (let c = 0; c < channels; c++) {
    mean[c] = sum[c];
    variance[c] = squares[c] / count;
  }
}

/** y = (x - mean) / sqrt(variance + epsilon) * scale + offset, x and y [count, channels]. */
export function normalize(
  x: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  scale: Float32Array,
  offset: Float32Array,
  epsilon: number,
  y: Float32Array,
): void {
  const channels = mean.length;
  const factor = new Float64Array(channels);
  const shift = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    factor[c] = scale[c] / Math.sqrt(variance[c] + epsilon);
    shift[c] = offset[c] - mean[c] * factor[c];
  }
  for (let i = 0; i < x.length; i += channels) {
    for (let c = 0; c < channels; c++) y[i + c] = x[i + c] * factor[c] + shift[c];
  }
}

/**
 * Gradients of {@link normalize} where mean and variance are those of x itself (Ioffe & Szegedy 2015, section 3):
 * dx = scale * inv / n * (n * dy - sum(dy) - xhat * sum(dy * xhat)).
 */
export function normalizeGradient(
  dy: Float32Array,
  x: Float32Array,
  scale: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  epsilon: number,
  dx: Float32Array,
  dScale: Float32Array,
  dOffset: Float32Array,
): void {
  const channels = mean.length;
  const count = x.length / channels;
  const sumDy = new Float64Array(channels);
  const sumDyCentred = new Float64Array(channels);
  const centre = Float64Array.from(mean);
  for (let i = 0; i < x.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const g = dy[i + c];
      sumDy[c] += g;
      sumDyCentred[c] += g * (x[i + c] - centre[c]);
    }
  }
  // dx is linear in dy and x, so each channel needs just three coefficients.
  const byDy = new Float64Array(channels);
  const byX = new Float64Array(channels);
  const constant = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const inverse = 1 / Math.sqrt(variance[c] + epsilon);
    dOffset[c] = sumDy[c];
    dScale[c] = sumDyCentred[c] * inverse;
    byDy[c] = scale[c] * inverse;
    byX[c] = (-byDy[c] * inverse * inverse * sumDyCentred[c]) / count;
    constant[c] = (-byDy[c] * sumDy[c]) / count - byX[c] * centre[c];
  }
  for (let i = 0; i < x.length; i += channels) {
    for (let c = 0; c < channels; c++) dx[i + c] = byDy[c] * dy[i + c] + byX[c] * x[i + c] + constant[c];
  }
}
