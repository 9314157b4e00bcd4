import { gaussianHeatmaps, simccLabels, udpHeatmaps } from '@pose/heatmap-targets';
import { encodeTargets, targetLengths, type TargetEncoding } from '../src/data/top-down/target-encoding';

const frame = {
  inputSize: [48, 64] as const,
  heatmapSizes: [
    [12, 16],
    [6, 8],
  ] as const,
};
const keypoints = [20, 30, 2, 40.5, 12.25, 1, 0, 0, 0];

function encode(encoding: TargetEncoding, more: { jointWeights?: readonly number[] } = {}) {
  const targets = targetLengths(encoding, frame, 3).map((length) => new Float32Array(length).fill(7));
  const weights = new Float32Array(3).fill(7);
  encodeTargets(encoding, { ...frame, ...more }, keypoints, targets, weights);
  return { targets, weights };
}

test("encodeTargets() writes one target per heatmap size, with the first one's weights", () => {
  const { targets, weights } = encode({ type: 'gaussian', sigma: 1 });
  for (const [level, heatmapSize] of frame.heatmapSizes.entries()) {
    const alone = gaussianHeatmaps(keypoints, { inputSize: frame.inputSize, heatmapSize, sigma: 1 });
    expect(targets[level]).toEqual(alone.heatmaps);
    if (level === 0) expect(weights).toEqual(alone.weights);
  }
  const udp = udpHeatmaps(keypoints, { inputSize: frame.inputSize, heatmapSize: [6, 8] });
  expect(encode({ type: 'udp' }).targets[1]).toEqual(udp.heatmaps);
});

test('encodeTargets() writes both lines of SimCC', () => {
  const { targets, weights } = encode({ type: 'simcc', splitRatio: 2, sigma: 4 });
  const alone = simccLabels(keypoints, { inputSize: frame.inputSize, splitRatio: 2, sigma: 4 });
  expect(targets).toEqual([alone.x, alone.y]);
  expect(weights).toEqual(alone.weights);
});

test.each<TargetEncoding>([
  { type: 'gaussian' },
  { type: 'unbiased', sigma: 2 },
  { type: 'udp' },
  { type: 'megvii', kernelSize: 5 },
  { type: 'udp-combined' },
  { type: 'simcc', encoding: 'standard', labelSmoothing: 0.1 },
])('encodeTargets() fills all that targetLengths() asks for, and weighs keypoints: %j', (encoding) => {
  const { targets, weights } = encode(encoding, { jointWeights: [1, 1.5, 1] });
  for (const target of targets) expect(target.some((value) => value === 7)).toBe(false);
  expect(Array.from(weights)).toEqual([1, 1.5, 0]);
  const channels = encoding.type === 'udp-combined' ? 9 : 3;
  if (encoding.type !== 'simcc') expect(targets.map(({ length }) => length)).toEqual([192 * channels, 48 * channels]);
});
