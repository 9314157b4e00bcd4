/** Where the pixels of a resized image lie in the original, as TensorFlow's image resizing has it. */
export interface Sampling {
  /** The corner pixels' centres coincide: step (in - 1) / (out - 1) in place of in / out. */
  readonly alignCorners: boolean;
  /** Pixels are squares about their centres, not points at their corners. */
  readonly halfPixelCenters: boolean;
}

const step = (inSize: number, outSize: number, { alignCorners }: Sampling): number =>
  alignCorners && outSize > 1 ? (inSize - 1) / (outSize - 1) : inSize / outSize;

/** Bilinear interpolation along an axis: a matrix [outSize, inSize]. */
export function bilinearMatrix(inSize: number, outSize: number, sampling: Sampling): Float32Array {
  const matrix = new Float32Array(outSize * inSize);
  for (let out = 0; out < outSize; out++) {
    const at = sampling.halfPixelCenters
      ? (out + 0.5) * step(inSize, outSize, sampling) - 0.5
      : out * step(inSize, outSize, sampling);
    const floor = Math.floor(at);
    matrix[out * inSize + Math.max(0, floor)] += 1 - (at - floor);
    matrix[out * inSize + Math.min(inSize - 1, Math.ceil(at))] += at - floor;
  }
  return matrix;
}

/** The nearest neighbour along an axis, positions in float32 as the engines have them: a matrix [outSize, inSize]. */
export function nearestMatrix(inSize: number, outSize: number, sampling: Sampling): Float32Array {
  const matrix = new Float32Array(outSize * inSize);
  const { fround } = Math;
  for (let out = 0; out < outSize; out++) {
    const at = fround((sampling.halfPixelCenters ? out + 0.5 : out) * fround(step(inSize, outSize, sampling)));
    const nearest = sampling.alignCorners ? Math.round(at) : Math.floor(at);
    matrix[out * inSize + Math.min(inSize - 1, nearest)] = 1;
  }
  return matrix;
}
