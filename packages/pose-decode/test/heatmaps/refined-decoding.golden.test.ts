import { type Nested, type Summary, uniform } from '@pose/golden-cases';
import {
  decodeDark,
  decodeMegvii,
  decodeSimcc,
  decodeUdpCombined,
  flipSimcc,
  flipUdpCombined,
  heatmapToImage,
  type Point,
  simccVisibility,
  decodeUdp,
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
  multiply?: number;
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

const heatmapsOf = ({ maps, channels, multiply }: Pick<Inputs, 'maps' | 'channels' | 'multiply'>, layout: 'hwk' | 'khw') =>
  heatmapsByFormula([maps].flat().map((each) => ({ ...each, channels: channels ?? each.channels, multiply: multiply ?? each.multiply })), layout); // prettier-ignore

for (const layout of ['hwk', 'khw'] as const) {
  parity<Inputs, Expected>('mmpose_dark_decode', ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsOf(inputs, layout);
    const refined = decodeDark(heatmaps, { ...shape, blurKernelSize: inputs.blur_kernel_size });
    const image = heatmapToImage(refined, wholeInput(inputs.input_size, shape.size));
    // A map without a positive value is at (-1, -1) in mmpose.
    const found = (values: ArrayLike<number>) => Array.from(values).filter((_, i) => expected.scores[i] > 0);
    const pairs = expected.scores.map((_, k) => [image[3 * k], image[3 * k + 1]]);
    check('keypoints', pairs.filter((_, k) => expected.scores[k] > 0).flat(), expected.keypoints.filter((_, k) => expected.scores[k] > 0)); // prettier-ignore
    check('scores', found(scores(image)), found(expected.scores));
  });

  parity<Inputs, Expected>('mmpose_udp_decode', ({ inputs, expected, check }) => {
    const { heatmaps, shape } = heatmapsOf(inputs, layout);
    const refined = decodeUdp(heatmaps, { ...shape, blurKernelSize: inputs.blur_kernel_size });
    const image = heatmapToImage(refined, { ...wholeInput(inputs.input_size, shape.size), udp: true });
    check('keypoints', positions(image), expected.keypoints);
    check('scores', scores(image), expected.scores);
  });
}

parity<Inputs & { kernel_size: number }, Expected>('mmpose_megvii_decode', ({ inputs, expected, check }) => {
  const { heatmaps, shape } = heatmapsOf(inputs, 'hwk');
  const points = decodeMegvii(heatmaps, { ...shape, blurKernelSize: inputs.kernel_size });
  const image = heatmapToImage(points, wholeInput(inputs.input_size, shape.size));
  check('keypoints', positions(image), expected.keypoints);
  check('scores', scores(image), expected.scores);
});

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
    const points = decodeDark(heatmaps, { ...shape, blurKernelSize: inputs.blur_kernel });
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

/** Discs and offsets of one person, [height, width, 3K] or [3K, height, width]. */
function combinedMaps(inputs: Combined, layout: 'hwk' | 'khw'): Float32Array {
  const { K, W, H, blobs } = inputs.class_maps;
  const discs = heatmapsByFormula([inputs.class_maps], 'khw').heatmaps;
  const noise = uniform(inputs.offset_noise_name);
  const radius = inputs.radius_factor * Math.max(W, H);
  const maps = new Float32Array(3 * K * H * W);
  for (const [k, , cx, cy] of blobs) {
    for (let i = 0; i < H * W; i++) {
      const [x, y] = [i % W, Math.floor(i / W)];
      const offset = (axis: number) => inputs.offset_noise_amp * (noise((2 * k + axis) * H * W + i) - 0.5);
      [discs[k * H * W + i], (cx - x) / radius + offset(0), (cy - y) / radius + offset(1)].forEach((value, channel) => {
        maps[layout === 'hwk' ? (i * K + k) * 3 + channel : (3 * k + channel) * H * W + i] = value;
      });
    }
  }
  return maps;
}

parity<Combined, Expected>('mmpose_udp_combined_decode', ({ inputs, expected, check }) => {
  const { K, W, H } = inputs.class_maps;
  const decoded = decodeUdpCombined(combinedMaps(inputs, 'hwk'), {
    size: [W, H],
    keypoints: K,
    radiusFactor: inputs.radius_factor,
    blurKernelSize: inputs.blur_kernel_size,
  });
  const image = heatmapToImage(decoded, { ...wholeInput(inputs.input_size, [W, H]), udp: true });
  check('keypoints', positions(image), expected.keypoints);
  check('scores', scores(image), expected.scores);
});

/** Pairs of the keypoints that a list of sources exchanges. */
const pairsOf = (flipIndices: readonly number[]) =>
  flipIndices.flatMap((source, k): [number, number][] => (source > k ? [[k, source]] : []));

parity<Combined & { flip_indices: number[] }, { flipped: Summary }>(
  'mmpose_flip_udp_combined',
  ({ inputs, expected, checkSummary }) => {
    const { K, W, H } = inputs.class_maps;
    const options = { size: [W, H] as const, keypoints: K, flipPairs: pairsOf(inputs.flip_indices) };
    const flipped = flipUdpCombined(combinedMaps(inputs, 'khw'), { ...options, layout: 'khw' });
    checkSummary('flipped', flipped, expected.flipped);
    const other = flipUdpCombined(combinedMaps(inputs, 'hwk'), options);
    expect(other).toEqual(other.map((_, i) => flipped[(i % (3 * K)) * W * H + Math.floor(i / (3 * K))]));
  },
);

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
  const points = decodeSimcc(
    { x: linesByFormula(inputs.x), y: linesByFormula(inputs.y) },
    {
      keypoints: inputs.x.K,
      splitRatio: inputs.split_ratio,
      dark: inputs.use_dark ? { sigma: inputs.sigma } : undefined,
    },
  );
  check('keypoints', positions(points), expected.keypoints);
  check('scores', scores(points), expected.scores);
});

parity<Simcc & { decode_beta: number }, Expected & { visibility: number[] }>(
  'simcc_decode_visibility',
  ({ inputs, expected, check }) => {
    const { sigma, split_ratio: splitRatio, decode_beta: decodeBeta } = inputs;
    const lines = { x: linesByFormula(inputs.x), y: linesByFormula(inputs.y) };
    const points = decodeSimcc(lines, { keypoints: inputs.x.K, splitRatio });
    check('keypoints', positions(points), expected.keypoints);
    check('scores', scores(points), expected.scores);
    check('visibility', simccVisibility(lines, { keypoints: inputs.x.K, sigma, decodeBeta }), expected.visibility);
  },
);

parity<Simcc & { flip_indices: number[] }, Record<'x' | 'y', Summary>>(
  'mmpose_flip_vectors',
  ({ inputs, expected, checkSummary }) => {
    const lines = { x: linesByFormula(inputs.x), y: linesByFormula(inputs.y) };
    const flipped = flipSimcc(lines, { keypoints: inputs.x.K, flipPairs: pairsOf(inputs.flip_indices) });
    checkSummary('x', flipped.x, expected.x);
    checkSummary('y', flipped.y, expected.y);
  },
);

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
