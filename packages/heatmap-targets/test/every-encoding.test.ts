import { expectClose, type Tolerance } from '@pose/golden-cases';
import fc from 'fast-check';
import {
  associativeEmbeddingTargets,
  confidenceMaps,
  gaussianHeatmaps,
  megviiHeatmaps,
  multiResolutionTargets,
  offsetFields,
  partAffinityFields,
  peopleHeatmaps,
  TargetError,
  udpCombinedMaps,
  udpHeatmaps,
  unbiasedHeatmaps,
} from '../src';
import type { FrameOptions } from '../src/heatmap-options';
import { COUNT, farPeople, frames, insideOf, people } from './arbitraries';

type Maps = Record<string, Float32Array | Int32Array>;
type People = readonly ArrayLike<number>[];

interface Encoder {
  /** takes the first person where there is one at a time */
  encode: (people: People, frame: FrameOptions, into?: Maps) => Maps;
  /** channels of the results that have a layout */
  channels: Record<string, number>;
  /** the largest value that `heatmaps` may have; offsets and fields have none */
  most?: number;
  /** whether people in another order give the same maps */
  unordered?: boolean;
  /** where the peak of a keypoint inside must be, per axis */
  peak?: (at: number, inputLength: number, length: number) => number;
}

const one = <Options, Targets extends object>(
  encode: (keypoints: ArrayLike<number>, options: Options, into?: Targets) => Targets,
  more: Omit<Options, keyof FrameOptions>,
): Encoder['encode'] => {
  return ([keypoints], frame, into) =>
    encode(keypoints, { ...frame, ...more } as Options, into as Targets | undefined) as Maps;
};

const several = <Options, Targets extends object>(
  encode: (people: People, options: Options, into?: Targets) => Targets,
  more: Omit<Options, keyof FrameOptions>,
): Encoder['encode'] => {
  return (everyone, frame, into) =>
    encode(everyone, { ...frame, ...more } as Options, into as Targets | undefined) as Maps;
};

const nearest = (at: number, inputLength: number, length: number) => Math.floor((at * length) / inputLength + 0.5);
const nearestUdp = (at: number, inputLength: number, length: number) =>
  Math.floor((at * (length - 1)) / (inputLength - 1) + 0.5);
const maps = { heatmaps: COUNT };

const encoders: Record<string, Encoder> = {
  gaussianHeatmaps: { encode: one(gaussianHeatmaps, {}), channels: maps, most: 1, peak: nearest },
  unbiasedHeatmaps: { encode: one(unbiasedHeatmaps, { sigma: 1.5 }), channels: maps, most: 1, peak: nearest },
  udpHeatmaps: { encode: one(udpHeatmaps, {}), channels: maps, most: 1, peak: nearestUdp },
  megviiHeatmaps: {
    encode: one(megviiHeatmaps, { kernelSize: 5 }),
    channels: maps,
    most: 4 * 255, // a border may double a neighbour, on both axes
  },
  udpCombinedMaps: { encode: one(udpCombinedMaps, { radiusFactor: 0.3 }), channels: { heatmaps: 3 * COUNT } },
  'peopleHeatmaps, gaussian': { encode: several(peopleHeatmaps, {}), channels: maps, most: 1, unordered: true },
  'peopleHeatmaps, unbiased': {
    encode: several(peopleHeatmaps, { encoding: 'unbiased' as const }),
    channels: maps,
    most: 1,
    unordered: true,
  },
  'peopleHeatmaps, udp': {
    encode: several(peopleHeatmaps, { encoding: 'udp' as const }),
    channels: maps,
    most: 1,
    unordered: true,
  },
  associativeEmbeddingTargets: {
    encode: several(associativeEmbeddingTargets, {}),
    channels: maps,
    most: 1,
    unordered: true,
  },
  offsetFields: {
    encode: several(offsetFields, { minimalDiagonal: 0.5 }),
    channels: { heatmaps: COUNT + 1, heatmapWeights: COUNT + 1, offsets: 2 * COUNT, offsetWeights: 2 * COUNT },
    most: 1,
  },
  'confidenceMaps, max': {
    encode: (everyone, frame, into) => ({
      heatmaps: confidenceMaps(everyone, { ...frame, sigma: 5 }, into?.heatmaps as Float32Array | undefined),
    }),
    channels: { heatmaps: COUNT + 1 },
    most: 1,
    unordered: true,
  },
  'confidenceMaps, sum': {
    encode: (everyone, frame, into) => ({
      heatmaps: confidenceMaps(
        everyone,
        { ...frame, sigma: 5, rule: 'sum' },
        into?.heatmaps as Float32Array | undefined,
      ),
    }),
    channels: { heatmaps: COUNT + 1 },
    most: 1,
    unordered: true,
  },
  partAffinityFields: {
    encode: (everyone, frame, into) => ({
      fields: partAffinityFields(everyone, { ...frame, limbs }, into?.fields as Float32Array | undefined),
    }),
    channels: { fields: 4 },
    unordered: true,
  },
};
const limbs = [
  [0, 1],
  [2, 0],
] as const;

/** Sums in single precision differ with their order. */
const SINGLE: Tolerance = [3e-7, 0];

const emptied = (results: Maps): Maps =>
  Object.fromEntries(
    Object.entries(results).map(([name, values]) => [
      name,
      values instanceof Float32Array
        ? new Float32Array(values.length).fill(NaN)
        : new Int32Array(values.length).fill(7),
    ]),
  );

describe.each(Object.entries(encoders))('%s', (_, { encode, channels, most, unordered, peak }) => {
  test('writes into given arrays, of which nothing old is left, what it returns without', () => {
    fc.assert(
      fc.property(people, frames, (everyone, frame) => {
        const fresh = encode(everyone, frame);
        const into = emptied(fresh);
        const reused = encode(everyone, frame, into);
        expect(reused).toEqual(fresh);
        for (const name of Object.keys(into)) expect(reused[name]).toBe(into[name]);
      }),
    );
  });

  test('has the same values in both layouts', () => {
    fc.assert(
      fc.property(people, frames, (everyone, frame) => {
        const hwk = encode(everyone, frame);
        const khw = encode(everyone, { ...frame, layout: 'khw' });
        const cells = frame.heatmapSize[0] * frame.heatmapSize[1];
        for (const [name, values] of Object.entries(hwk)) {
          const count = channels[name];
          const moved = count ? values.map((_, i) => values[(i % cells) * count + Math.floor(i / cells)]) : values;
          expect(khw[name]).toEqual(moved);
        }
      }),
    );
  });

  test('has finite values for every finite keypoint, in their range', () => {
    fc.assert(
      fc.property(farPeople, frames, (everyone, frame) => {
        for (const [name, values] of Object.entries(encode(everyone, frame))) {
          const [least, limit] = name === 'heatmaps' && most ? [0, most] : [-Infinity, Infinity];
          for (const value of values) {
            if (!(Number.isFinite(value) && value >= least && value <= limit)) throw new Error(`${name}: ${value}`);
          }
        }
      }),
    );
  });

  if (unordered) {
    test('does not depend on the order of people', () => {
      fc.assert(
        fc.property(people, frames, (everyone, frame) => {
          const there = encode(everyone, frame);
          const back = encode([...everyone].reverse(), frame);
          for (const name of Object.keys(channels)) expectClose(back[name], Array.from(there[name]), SINGLE, name);
        }),
      );
    });
  }

  if (peak) {
    test('has its largest value at the keypoint', () => {
      fc.assert(
        fc.property(people, frames, ([keypoints], frame) => {
          const { heatmaps } = encode([keypoints], frame);
          const [width, height] = frame.heatmapSize;
          for (const { k, x, y } of insideOf(keypoints, frame)) {
            const column = peak(x, frame.inputSize[0], width);
            const row = peak(y, frame.inputSize[1], height);
            if (column >= width || row >= height) continue; // rounded beyond the far border
            const map = heatmaps.filter((_, i) => i % COUNT === k);
            expect(map[row * width + column]).toBe(Math.max(...map));
          }
        }),
      );
    });
  }

  test('refuses room of another size', () => {
    const frame: FrameOptions = { inputSize: [64, 64], heatmapSize: [16, 16] };
    const everyone = [[32, 32, 2, 20, 20, 2, 10, 40, 2]];
    const right = encode(everyone, frame);
    for (const [name, values] of Object.entries(right)) {
      const wrong = { ...right, [name]: values.slice(1) };
      expect(() => encode(everyone, frame, wrong)).toThrow(TargetError);
      expect(() => encode(everyone, frame, wrong)).toThrow(/Expected room for \d+ numbers in into/);
    }
  });

  test('refuses keypoints, sizes and layouts that do not fit', () => {
    const frame: FrameOptions = { inputSize: [64, 64], heatmapSize: [16, 16] };
    const good = [32, 32, 2, 20, 20, 2, 10, 40, 2];
    expect(() => encode([[32, 32]], frame)).toThrow(/as triplets \[x, y, v, \.\.\.\] but received 2 numbers/);
    expect(() => encode([[32, NaN, 2, ...good.slice(3)]], frame)).toThrow(/keypoint 0.* received \[32, NaN, 2\]/);
    expect(() => encode([[32, 32, Infinity, ...good.slice(3)]], frame)).toThrow(TargetError);
    expect(() => encode([[32, 32, -1, ...good.slice(3)]], frame)).toThrow(TargetError);
    expect(() => encode([good], { ...frame, heatmapSize: [16, 0] })).toThrow(/heatmapSize but received \[16, 0\]/);
    expect(() => encode([good], { ...frame, inputSize: [16.5, 8] })).toThrow(/inputSize but received \[16.5, 8\]/);
    expect(() => encode([good], { ...frame, layout: 'kwh' as 'khw' })).toThrow(/layout 'hwk' or 'khw'/);
  });
});

describe('multiResolutionTargets(keypoints, { encode, levels }, into)', () => {
  const sizes = fc.array(frames, { minLength: 1, maxLength: 3 });

  test.each(Object.entries(encoders))('equals %s at each resolution', (_, { encode }) => {
    fc.assert(
      fc.property(people, sizes, (everyone, levels) => {
        const single = levels.map((frame) => encode(everyone, frame));
        expect(multiResolutionTargets(everyone, { encode, levels })).toEqual(single);
        const into = single.map(emptied);
        expect(multiResolutionTargets(everyone, { encode, levels }, into)).toEqual(single);
        expect(into).toEqual(single);
      }),
      { numRuns: 20 },
    );
  });

  const inputSize = [64, 64] as const;
  const levels = [
    { inputSize, heatmapSize: [16, 16], sigma: 2 },
    { inputSize, heatmapSize: [8, 8], sigma: 0 },
  ] as const;

  test('names the level that is refused', () => {
    const call = () => multiResolutionTargets([32, 32, 2], { encode: gaussianHeatmaps, levels });
    expect(call).toThrow(new TargetError('levels[1]: Expected a positive sigma of at most 9999 but received 0'));
    expect(() => multiResolutionTargets([32, 32, 2], { encode: gaussianHeatmaps, levels: [] })).toThrow(TargetError);
    expect(() => multiResolutionTargets([32, 32, 2], { encode: gaussianHeatmaps, levels }, [])).toThrow(
      'Expected room for 2 levels in into but found 0',
    );
  });

  test('lets an error that is not its own through as it is', () => {
    const encode = () => {
      throw new RangeError('elsewhere');
    };
    expect(() => multiResolutionTargets([32, 32, 2], { encode, levels: [{}] })).toThrow(RangeError);
  });
});
