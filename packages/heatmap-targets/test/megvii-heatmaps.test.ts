import { expectClose } from '@pose/golden-cases';
import fc from 'fast-check';
import { megviiHeatmaps, TargetError, type Size } from '../src';
import { frames, person } from './arbitraries';
import { frameOf, parity, triplets, type ExpectedMaps, type PersonCase } from './golden';

parity<PersonCase & { kernel_size: number }, ExpectedMaps>(
  'mmpose_megvii',
  ({ inputs, expected, check, checkSummary }) => {
    const { heatmaps, weights } = megviiHeatmaps(triplets(inputs.keypoints, inputs.visible), {
      ...frameOf(inputs),
      kernelSize: inputs.kernel_size,
    });
    checkSummary('target', heatmaps, expected.target);
    check('weight', weights, expected.weight);
  },
);

/** The plain twin: one pixel, blurred in two dimensions by a kernel given as numbers, with a border that mirrors. */
function plainMap(column: number, row: number, [width, height]: Size, kernel: number[]) {
  const mirrored = (i: number, length: number): number => {
    if (i >= 0 && i < length) return i;
    return mirrored(i < 0 ? -i : 2 * (length - 1) - i, length);
  };
  const radius = (kernel.length - 1) / 2;
  const blurred = Array.from({ length: width * height }, (_, cell) => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const x = mirrored((cell % width) + dx, width);
        const y = mirrored(Math.floor(cell / width) + dy, height);
        if (x === column && y === row) sum += kernel[dx + radius] * kernel[dy + radius];
      }
    }
    return sum;
  });
  return blurred.map((value) => (255 * value) / blurred[row * width + column]);
}

const KERNELS = [
  [1],
  [1, 2, 1],
  [1, 4, 6, 4, 1],
  [1, 3.5, 7, 9, 7, 3.5, 1],
  [4, 13, 30, 51, 60, 51, 30, 13, 4],
  Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 2 ** 2))), // OpenCV's sigma for 11 is 2
];

describe('megviiHeatmaps(keypoints, options, into)', () => {
  test('equals its plain twin, also for kernels larger than the map', () => {
    fc.assert(
      fc.property(person, frames, fc.constantFrom(...KERNELS), (keypoints, frame, kernel) => {
        const options = { ...frame, kernelSize: kernel.length, layout: 'khw' } as const;
        const { heatmaps, weights } = megviiHeatmaps(keypoints, options);
        const [width, height] = frame.heatmapSize;
        const plain = Array.from(weights).flatMap((weight, k) => {
          const [column, row] = [0, 1].map((axis) =>
            Math.trunc(
              Math.fround(keypoints[3 * k + axis] / Math.fround(frame.inputSize[axis] / frame.heatmapSize[axis])),
            ),
          );
          const isInside = column >= 0 && column < width && row >= 0 && row < height;
          expect(weight).toBe(isInside && keypoints[3 * k + 2] > 0 ? 1 : 0);
          return weight ? plainMap(column, row, frame.heatmapSize, kernel) : new Array<number>(width * height).fill(0);
        });
        expectClose(heatmaps, plain, [1e-3, 1e-5], 'heatmaps');
      }),
    );
  });

  test('has its largest value, 255, at the keypoint, as long as no border is near', () => {
    const { heatmaps } = megviiHeatmaps([40, 49.9, 2], { inputSize: [96, 128], heatmapSize: [24, 32] });
    expect(heatmaps[12 * 24 + 10]).toBe(255);
    expect(heatmaps.filter((value) => value >= 255).length).toBe(1);
  });

  test('cuts towards zero, so that a keypoint just outside on the left counts', () => {
    const options = { inputSize: [64, 64], heatmapSize: [16, 16] } as const;
    expect(Array.from(megviiHeatmaps([-3.9, 0, 2, -4, 0, 2, 64, 0, 2], options).weights)).toEqual([1, 0, 0]);
  });

  test('refuses a kernel without a middle', () => {
    const make = (kernelSize: number) => () =>
      megviiHeatmaps([1, 1, 1], { inputSize: [64, 64], heatmapSize: [16, 16], kernelSize });
    expect(make(4)).toThrow(new TargetError('Expected an odd kernelSize from 1 to 9999 but received 4'));
    for (const size of [0, -3, 2.5, NaN, 1e9 + 1]) expect(make(size)).toThrow(TargetError);
  });
});
