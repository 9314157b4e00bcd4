import { type Nested, type Summary, uniform } from '@pose/golden-cases';
import {
  decodeHeatmaps,
  decodeSimcc,
  decodeUdpCombined,
  heatmapToImage,
  type Point,
  refineDark,
  refineUdp,
} from '../../src';
import { gaussianKernel, mapBlur } from '../../src/heatmaps/gaussian-blur';
import { type BlobMaps, heatmapsByFormula, parity } from '../golden';

interface Expected {
  keypoints: Point[];
  scores: number[];
}

interface Inputs {
  maps: BlobMaps;
  channels?: number[];
  input_size: Point;
  blur_kernel_size: number;
}

const positions = (points: Float32Array) => points.filter((_, i) => i % 3 < 2);
const scores = (points: Float32Array) => points.filter((_, i) => i % 3 === 2);

/** The region that the whole network input is, so that its pixels are those of the image. */
const wholeInput = ([width, height]: Point, heatmapSize: readonly [number, number]) => ({
  center: [width / 2, height / 2] as const,
  scale: [width, height] as const,
  heatmapSize,
  pixelStd: 1,
});

const heatmapsOf = ({ maps, channels }: Pick<Inputs, 'maps' | 'channels'>, layout: 'hwk' | 'khw') =>
  heatmapsByFormula([maps].flat().map((each) => ({ ...each, channels: channels ?? each.channels })), layout); // prettier-ignore

for (const layout of ['hwk', 'khw'] as const) {
  parity<Inputs, Expected>('mmpose_dark_decode', ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsOf(inputs, layout);
    const points = decodeHeatmaps(heatmaps, { ...shape, refine: 'none' });
    const refined = refineDark(points, heatmaps, { ...shape, blurKernelSize: inputs.blur_kernel_size });
    const image = heatmapToImage(refined, wholeInput(inputs.input_size, shape.size));
    // A map without a positive value is at (-1, -1) in mmpose.
    const found = (values: ArrayLike<number>) => Array.from(values).filter((_, i) => expected.scores[i] > 0);
    const pairs = expected.scores.map((_, k) => [image[3 * k], image[3 * k + 1]]);
    check('keypoints', pairs.filter((_, k) => expected.scores[k] > 0).flat(), expected.keypoints.filter((_, k) => expected.scores[k] > 0)); // prettier-ignore
    check('scores', found(scores(image)), found(expected.scores));
  });

  parity<Inputs, Expected>('mmpose_udp_decode', ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsOf(inputs, layout);
    const points = decodeHeatmaps(heatmaps, { ...shape, refine: 'none' });
    const refined = refineUdp(points, heatmaps, { ...shape, blurKernelSize: inputs.blur_kernel_size });
    const image = heatmapToImage(refined, { ...wholeInput(inputs.input_size, shape.size), udp: true });
    check('keypoints', positions(image), expected.keypoints);
    check('scores', scores(image), expected.scores);
  });
}

interface TransPose {
  maps: BlobMaps[];
  channels: number[];
  center: Point[];
  scale: Point[];
  blur_kernel: number;
}

parity<TransPose, { preds: Point[][]; maxvals: number[][] }>(
  'transpose_dark_final_preds',
  ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsByFormula(inputs.maps.map((maps) => ({ ...maps, channels: inputs.channels })), 'hwk'); // prettier-ignore
    const points = decodeHeatmaps(heatmaps, { ...shape, refine: 'none' });
    refineDark(points, heatmaps, { ...shape, blurKernelSize: inputs.blur_kernel }, points);
    inputs.maps.forEach((_, person) => {
      const one = points.subarray(person * shape.keypoints * 3, (person + 1) * shape.keypoints * 3);
      // TransPose's crop: (heatmap - 1) / (region - 1) as scale, the same on both axes.
      const [cx, cy] = inputs.center[person];
      const k = (inputs.scale[person][0] * 200 - 1) / (shape.size[0] - 1);
      const image = Array.from(one).flatMap((_, i) =>
        i % 3 === 0
          ? [(one[i] - (shape.size[0] - 1) / 2) * k + cx, (one[i + 1] - (shape.size[1] - 1) / 2) * k + cy]
          : [],
      );
      check('preds', image, expected.preds[person]);
      check('maxvals', scores(one), expected.maxvals[person]);
    });
  },
);

interface Combined {
  class_maps: BlobMaps;
  offset_noise_name: string;
  offset_noise_amp: number;
  radius_factor: number;
  input_size: Point;
  blur_kernel_size: number;
}

parity<Combined, Expected>('mmpose_udp_combined_decode', ({ inputs, expected, check }) => {
  const { K, W, H, blobs } = inputs.class_maps;
  const discs = heatmapsByFormula([inputs.class_maps], 'khw').heatmaps;
  const noise = uniform(inputs.offset_noise_name);
  const radius = inputs.radius_factor * Math.max(W, H);
  const maps = new Float32Array(3 * K * H * W);
  for (const [k, , cx, cy] of blobs) {
    for (let i = 0; i < H * W; i++) {
      const [x, y] = [i % W, Math.floor(i / W)];
      const offset = (axis: number) => inputs.offset_noise_amp * (noise((2 * k + axis) * H * W + i) - 0.5);
      maps.set([discs[k * H * W + i], (cx - x) / radius + offset(0), (cy - y) / radius + offset(1)], (i * K + k) * 3);
    }
  }
  const decoded = decodeUdpCombined(maps, {
    size: [W, H],
    keypoints: K,
    radiusFactor: inputs.radius_factor,
    blurKernelSize: inputs.blur_kernel_size,
  });
  const image = heatmapToImage(decoded, { ...wholeInput(inputs.input_size, [W, H]), udp: true });
  check('keypoints', positions(image), expected.keypoints);
  check('scores', scores(image), expected.scores);
});

interface BlobLines {
  K: number;
  L: number;
  offset: number;
  blobs: [k: number, amplitude: number, at: number, sigma: number][];
  noise_name: string;
  noise_amp: number;
}

function linesByFormula({ K, L, offset, blobs, noise_name, noise_amp }: BlobLines): Float32Array {
  const noise = uniform(noise_name);
  return Float32Array.from({ length: K * L }, (_, i) => {
    const [k, x] = [Math.floor(i / L), i % L];
    const sum = blobs
      .filter(([of]) => of === k)
      .reduce((total, [, amplitude, at, s]) => total + amplitude * Math.exp(-((x - at) ** 2) / (2 * s * s)), offset);
    return sum + noise_amp * (noise(i) - 0.5);
  });
}

interface Simcc {
  x: BlobLines;
  y: BlobLines;
  sigma: readonly [number, number];
  split_ratio: number;
  use_dark: boolean;
}

parity<Simcc, Expected>('simcc_decode', ({ inputs, expected, check }) => {
  const points = decodeSimcc(linesByFormula(inputs.x), linesByFormula(inputs.y), {
    keypoints: inputs.x.K,
    splitRatio: inputs.split_ratio,
    dark: inputs.use_dark ? { sigma: inputs.sigma } : undefined,
  });
  check('keypoints', positions(points), expected.keypoints);
  check('scores', scores(points), expected.scores);
});

function blurred(
  maps: Float32Array,
  [width, height]: readonly [number, number],
  kernel: number,
  border: 'zero' | 'reflect',
) {
  const blur = mapBlur(width, height, kernel, border);
  const area = width * height;
  return Array.from({ length: maps.length / area }, (_, k) => {
    const map = Float64Array.from(maps.subarray(k * area, (k + 1) * area));
    const maximum = Math.max(...map);
    blur(map);
    const factor = border === 'zero' ? maximum / Math.max(...map) : 1;
    return map.map((value) => value * factor);
  });
}

parity<{ maps: BlobMaps; kernel: number }, { kernel_1d: Nested; blurred: Summary }>(
  'cv_gaussian_blur',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, shape } = heatmapsOf(inputs, 'khw');
    check('kernel_1d', gaussianKernel(inputs.kernel), expected.kernel_1d);
    const maps = blurred(heatmaps, shape.size, inputs.kernel, 'reflect');
    checkSummary('blurred', Float32Array.from(maps.flatMap((map) => Array.from(map))), expected.blurred);
  },
);

parity<{ maps: BlobMaps; channels: number[]; kernel: number }, { blurred: Summary }>(
  'mmpose_gaussian_blur',
  ({ inputs, expected, checkSummary }) => {
    const { heatmaps, shape } = heatmapsOf(inputs, 'khw');
    const maps = blurred(heatmaps, shape.size, inputs.kernel, 'zero');
    checkSummary('blurred', Float32Array.from(maps.flatMap((map) => Array.from(map))), expected.blurred);
  },
);
