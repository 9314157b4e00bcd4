/** The formulas as their papers write them, in float64 and without a thought for speed. */

/** Ioffe & Szegedy 2015, algorithm 1; x [count, channels]. */
export function batchNormTwin(
  x: ArrayLike<number>,
  scale: ArrayLike<number>,
  offset: ArrayLike<number>,
  epsilon: number,
) {
  const channels = scale.length;
  const mean: number[] = [];
  const variance: number[] = [];
  const y = new Float64Array(x.length);
  for (let c = 0; c < channels; c++) {
    const column = Array.from(x).filter((_, i) => i % channels === c);
    mean[c] = column.reduce((a, b) => a + b, 0) / column.length;
    variance[c] = column.reduce((a, b) => a + (b - mean[c]) ** 2, 0) / column.length;
  }
  for (let i = 0; i < x.length; i++) {
    const c = i % channels;
    y[i] = ((x[i] - mean[c]) / Math.sqrt(variance[c] + epsilon)) * scale[c] + offset[c];
  }
  return { y, mean, variance };
}

/** The chain rule of the same paper, section 3, equation by equation. */
export function batchNormGradientTwin(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  scale: ArrayLike<number>,
  epsilon: number,
) {
  const channels = scale.length;
  const m = x.length / channels;
  const { mean, variance } = batchNormTwin(x, scale, new Float64Array(channels), epsilon);
  const dx = new Float64Array(x.length);
  const dScale = new Float64Array(channels);
  const dOffset = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const deviation = variance[c] + epsilon;
    let dVariance = 0;
    let dMean = 0;
    let sumCentred = 0;
    for (let i = c; i < x.length; i += channels) {
      dVariance += dy[i] * scale[c] * (x[i] - mean[c]) * -0.5 * deviation ** -1.5;
      dMean += (-dy[i] * scale[c]) / Math.sqrt(deviation);
      sumCentred += x[i] - mean[c];
      dScale[c] += (dy[i] * (x[i] - mean[c])) / Math.sqrt(deviation);
      dOffset[c] += dy[i];
    }
    dMean += (dVariance * -2 * sumCentred) / m;
    for (let i = c; i < x.length; i += channels) {
      dx[i] = (dy[i] * scale[c]) / Math.sqrt(deviation) + (dVariance * 2 * (x[i] - mean[c])) / m + dMean / m;
    }
  }
  return { dx, dScale, dOffset };
}

/** dy of each window goes to its first maximum in row-major order. */
export function maxPoolGradientTwin(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  [batch, height, width, channels]: number[],
  [, outHeight, outWidth]: number[],
  window: number,
  stride: number,
  pad: number,
): Float64Array {
  const dx = new Float64Array(x.length);
  for (let n = 0; n < batch; n++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let c = 0; c < channels; c++) {
          const inside: number[] = [];
          for (let iy = oy * stride - pad; iy < oy * stride - pad + window; iy++)
            for (let ix = ox * stride - pad; ix < ox * stride - pad + window; ix++)
              if (iy >= 0 && iy < height && ix >= 0 && ix < width)
                inside.push(((n * height + iy) * width + ix) * channels + c);
          const first = inside.reduce((best, at) => (x[at] > x[best] ? at : best));
          dx[first] += dy[((n * outHeight + oy) * outWidth + ox) * channels + c];
        }
  return dx;
}

export interface AdamState {
  value: Float64Array;
  first: Float64Array;
  second: Float64Array;
}

/** Kingma & Ba 2015, algorithm 1. */
export function adamTwin(
  { value, first, second }: AdamState,
  gradient: ArrayLike<number>,
  o: { learningRate: number; beta1: number; beta2: number; epsilon: number; step: number },
): AdamState {
  const nextFirst = first.map((m, i) => o.beta1 * m + (1 - o.beta1) * gradient[i]);
  const nextSecond = second.map((v, i) => o.beta2 * v + (1 - o.beta2) * gradient[i] ** 2);
  const nextValue = value.map((p, i) => {
    const mHat = nextFirst[i] / (1 - o.beta1 ** o.step);
    const vHat = nextSecond[i] / (1 - o.beta2 ** o.step);
    return p - (o.learningRate * mHat) / (Math.sqrt(vHat) + o.epsilon);
  });
  return { value: nextValue, first: nextFirst, second: nextSecond };
}
