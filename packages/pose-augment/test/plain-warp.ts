import { type Affine, type Image, invertAffine, transformPoint, type WarpOptions } from '../src';

// jest looks globals up in a sandbox, which is slow for a million values.
const { ceil, floor, hypot, max, round } = Math;

/** The obvious warp: one pixel and channel at a time, taps by name, the mirrored image as a copy. Slow, in float64. */
export function plainWarp(
  source: Image,
  matrix: Affine,
  [width, height]: readonly [number, number],
  options: WarpOptions = {},
): Uint8Array {
  const { interpolation = 'bilinear', border = 'constant', borderColor = [0, 0, 0], flip = false } = options;
  const image = flip ? mirrored(source) : source;
  const inverse = invertAffine(matrix);

  /** Walks back into 0..length-1, one step at a time. */
  const inside = (index: number, length: number): number => {
    let [at, direction] = [0, 1];
    if (border === 'replicate') {
      while (at < index && at < length - 1) at++;
      return at;
    }
    for (let i = 0; i < (index < 0 ? -index : index) && length > 1; i++) {
      if (at + direction < 0 || at + direction >= length) direction = -direction;
      at += direction;
    }
    return at;
  };
  const tap = (x: number, y: number, c: number): number => {
    const outside = x < 0 || y < 0 || x >= image.width || y >= image.height;
    if (outside && border === 'constant') return borderColor[c];
    const [column, row] = [
      x >= 0 && x < image.width ? x : inside(x, image.width),
      y >= 0 && y < image.height ? y : inside(y, image.height),
    ];
    return image.data[(row * image.width + column) * 3 + c];
  };
  const bilinear = (x: number, y: number, c: number): number => {
    const [left, top] = [floor(x), floor(y)];
    const [u, v] = [x - left, y - top];
    const upper = tap(left, top, c) * (1 - u) + tap(left + 1, top, c) * u;
    const lower = tap(left, top + 1, c) * (1 - u) + tap(left + 1, top + 1, c) * u;
    return upper * (1 - v) + lower * v;
  };
  const area = (column: number, row: number, c: number): number => {
    const samples = (length: number): number => max(1, ceil(length * (1 - 1e-9)));
    const [m, n] = [samples(hypot(inverse[0], inverse[3])), samples(hypot(inverse[1], inverse[4]))];
    let sum = 0;
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < m; i++) {
        const [x, y] = transformPoint([column + (i + 0.5) / m - 0.5, row + (j + 0.5) / n - 0.5], inverse);
        sum += bilinear(x, y, c);
      }
    }
    return sum / (m * n);
  };

  const out = new Uint8Array(width * height * 3);
  for (let i = 0; i < out.length; i++) {
    const [pixel, c] = [floor(i / 3), i % 3];
    const [column, row] = [pixel % width, floor(pixel / width)];
    const [x, y] = transformPoint([column, row], inverse);
    if (interpolation === 'nearest') out[i] = tap(floor(x + 0.5), floor(y + 0.5), c);
    else out[i] = halfToEven(interpolation === 'area' ? area(column, row, c) : bilinear(x, y, c));
  }
  return out;
}

export function mirrored(image: Image): Image {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i++) {
    const [pixel, c] = [floor(i / 3), i % 3];
    const [x, y] = [pixel % image.width, floor(pixel / image.width)];
    data[i] = image.data[(y * image.width + image.width - 1 - x) * 3 + c];
  }
  return { ...image, data };
}

function halfToEven(value: number): number {
  const rounded = round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
