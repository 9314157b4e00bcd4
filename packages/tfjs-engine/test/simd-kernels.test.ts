import fc from 'fast-check';
import { adamStep } from '../src/loops/adam';
import { channelMoments, normalize, normalizeGradient } from '../src/loops/batch-norm';
import { convolution } from '../src/loops/convolution';
import { copyPhase } from '../src/loops/copy-phase';
import { copyRows } from '../src/loops/copy-rows';
import { depthwiseFilterGradient, depthwiseInputGradient } from '../src/loops/depthwise-gradient';
import { maxPoolGradient } from '../src/loops/max-pool-gradient';
import { relu, reluGradient } from '../src/loops/relu';
import { resizeBilinearGradient } from '../src/loops/resize-bilinear-gradient';
import { resizeStep } from '../src/loops/resize-sampling';
import { transpose } from '../src/loops/transpose';
import type { WindowGeometry } from '../src/loops/window-geometry';
import { simdKernels, type HeapMemory, type SimdKernels } from '../src/wasm/simd/simd-kernels';
import { channelCounts, windows } from './support/windows';

const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (pages: { initial: number; maximum?: number; shared?: boolean }) => HeapMemory };
};
const GUARD = -12345.5;

/**
 * Lays arrays out in a memory of exactly their size plus guard values between them, so that a kernel that writes
 * beyond an output is seen, and one that reads or writes beyond the end traps.
 */
class Heap {
  readonly kernels: SimdKernels;
  readonly #memory: HeapMemory;
  readonly #arrays: { at: number; length: number }[] = [];
  #end: number;

  constructor(...lengths: number[]) {
    const total = lengths.reduce((sum, length) => sum + length + 1, 0);
    const pages = Math.ceil((total * 4) / 65536);
    this.#memory = new WebAssembly.Memory({ initial: pages });
    this.kernels = simdKernels(this.#memory)!;
    new Float32Array(this.#memory.buffer).fill(GUARD);
    this.#end = pages * 16384 - total;
  }

  /** Places values (or an empty output of that length) and gives their byte offset; the last array ends the memory. */
  put(values: Float32Array | number): number {
    const length = typeof values === 'number' ? values : values.length;
    const at = this.#end + 1;
    this.#arrays.push({ at, length });
    if (typeof values !== 'number') this.get(at * 4, length).set(values);
    this.#end = at + length;
    return at * 4;
  }

  get(offset: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, offset, length);
  }

  expectGuardsIntact(): void {
    const all = new Float32Array(this.#memory.buffer);
    const inside = new Uint8Array(all.length);
    for (const { at, length } of this.#arrays) inside.fill(1, at, at + length);
    expect(all.findIndex((value, i) => inside[i] === 0 && value !== GUARD)).toBe(-1);
  }
}

function random(length: number, seed: number, shift = 0): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1 + shift;
  });
}

/** Every value within `tolerance` of its twin, relative to the magnitude of what was added up to make it. */
function expectClose(actual: Float32Array, expected: Float32Array, tolerance: number, magnitude = 1): void {
  expect(actual).toHaveLength(expected.length);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i] - expected[i]) / (magnitude + Math.abs(expected[i]));
    worst = error > worst || Number.isNaN(error) ? error : worst;
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}

const size = fc.integer({ min: 1, max: 70 });
const seed = fc.integer({ min: 1, max: 1e6 });

test('adamStep is src/loops/adam.ts to 1e-6 of each value', () => {
  fc.assert(
    fc.property(size, seed, fc.integer({ min: 1, max: 2000 }), (count, s, step) => {
      const attributes = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step };
      const value = random(count, s);
      const gradient = random(count, s + 1);
      const first = random(count, s + 2);
      const second = random(count, s + 3, 1);
      const heap = new Heap(...Array<number>(5).fill(count));
      const inputs = [value, gradient, first, second].map((array) => heap.put(array)) as [
        number,
        number,
        number,
        number,
      ];
      const next = heap.put(count);
      const expected = new Float32Array(count);
      adamStep(value, gradient, first, second, attributes, expected);
      const corrections = [1e-3 / (1 - 0.9 ** step), 1 / Math.sqrt(1 - 0.999 ** step)] as const;
      heap.kernels.adamStep(count, ...inputs, next, 1 - 0.9, 1 - 0.999, ...corrections, 1e-8);
      expectClose(heap.get(next, count), expected, 1e-6);
      expectClose(heap.get(inputs[2], count), first, 1e-6);
      expectClose(heap.get(inputs[3], count), second, 1e-6);
      heap.expectGuardsIntact();
    }),
  );
});

/** Few rows, or more than one block of them has (32 KB). */
const rowCounts = (channels: number) =>
  fc.oneof(
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: -3, max: 3 }).map((n) => Math.ceil(16384 / channels) + n),
  );

test.each([1, 3, 8, 17, 24, 64])('batch norm over %i channels is src/loops/batch-norm.ts', (channels) => {
  fc.assert(
    fc.property(rowCounts(channels), seed, (count, s) => {
      const length = count * channels;
      const [x, dy] = [random(length, s, 2), random(length, s + 1, 0.3)];
      const [scale, offset] = [random(channels, s + 2, 1.5), random(channels, s + 3)];
      const [mean, variance, dScale, dOffset] = [0, 0, 0, 0].map(() => new Float32Array(channels));
      const [y, dx] = [new Float32Array(length), new Float32Array(length)];
      const epsilon = 1e-3;
      channelMoments(x, channels, mean, variance);
      normalize(x, mean, variance, scale, offset, epsilon, y);
      normalizeGradient(dy, x, scale, mean, variance, epsilon, dx, dScale, dOffset);

      const heap = new Heap(...Array<number>(4).fill(length), ...Array<number>(6).fill(channels), 4 * channels);
      const at = {
        x: heap.put(x),
        dy: heap.put(dy),
        scale: heap.put(scale),
        offset: heap.put(offset),
        mean: heap.put(channels),
        variance: heap.put(channels),
        dScale: heap.put(channels),
        dOffset: heap.put(channels),
        y: heap.put(length),
        dx: heap.put(length),
        scratch: heap.put(4 * channels),
      };
      heap.kernels.channelMoments(count, channels, at.x, at.mean, at.variance, at.scratch);
      expectClose(heap.get(at.mean, channels), mean, 1e-7);
      expectClose(heap.get(at.variance, channels), variance, 1e-7);
      heap.kernels.normalize(
        ...([count, channels, at.x, at.mean, at.variance, at.scale, at.offset, epsilon, at.y, at.scratch] as const),
      );
      // The factor is at most 2.5 / sqrt(epsilon) = 79, so that rounding of x - mean weighs up to as much.
      expectClose(heap.get(at.y, length), y, 1e-6, 10);
      heap.kernels.normalizeGradient(
        ...([
          count,
          channels,
          at.dy,
          at.x,
          at.scale,
          at.mean,
          at.variance,
          epsilon,
          at.dx,
          at.dScale,
          at.dOffset,
          at.scratch,
        ] as const),
      );
      // count products, and count times the last digit of the mean
      expectClose(heap.get(at.dScale, channels), dScale, 1e-6, 10 + count);
      expectClose(heap.get(at.dOffset, channels), dOffset, 1e-6);
      expectClose(heap.get(at.dx, length), dx, 1e-6, 100);
      heap.expectGuardsIntact();
    }),
    { numRuns: 30 },
  );
});

test('the moments of values far from zero keep their digits, as sums in float64 do', () => {
  const x = random(3000 * 8, 5, 1000);
  const [mean, variance] = [new Float32Array(8), new Float32Array(8)];
  channelMoments(x, 8, mean, variance);
  const heap = new Heap(x.length, 8, 8, 32);
  const at = [heap.put(x), heap.put(8), heap.put(8), heap.put(32)] as const;
  heap.kernels.channelMoments(3000, 8, ...at);
  expectClose(heap.get(at[1], 8), mean, 1e-7);
  expectClose(heap.get(at[2], 8), variance, 1e-7);
});

test('relu and reluGradient are src/loops/relu.ts, zeros and NaN of both signs included', () => {
  fc.assert(
    fc.property(size, seed, (count, s) => {
      const x = random(count, s);
      const bits = new Int32Array(x.buffer);
      x.forEach((v, i) => (bits[i] = v > 0.9 ? 0x7fc00000 : v < -0.9 ? -0x400000 : bits[i]));
      const dy = random(count, s + 1);
      const [y, dx] = [new Float32Array(count), new Float32Array(count)];
      relu(x, y);
      reluGradient(dy, y, dx);
      const heap = new Heap(count, count, count, count);
      const [yAt, dxAt] = [heap.put(count), heap.put(count)];
      heap.kernels.relu(count, heap.put(x), yAt);
      heap.kernels.reluGradient(count, heap.put(dy), yAt, dxAt);
      expect(heap.get(yAt, count)).toEqual(y);
      expect(heap.get(dxAt, count)).toEqual(dx);
      heap.expectGuardsIntact();
    }),
  );
});

test('convolution is src/loops/convolution.ts, whatever the distances', () => {
  const upTo = (max: number) => fc.integer({ min: 1, max });
  const sizes = fc.record({
    rows: upTo(4),
    columns: upTo(5),
    tapRows: upTo(3),
    tapColumns: upTo(3),
    runLength: upTo(9),
  });
  const steps = fc.record({ strideY: upTo(2), strideX: upTo(2), dilation: upTo(2), everyY: upTo(2), everyX: upTo(2) });
  fc.assert(
    fc.property(
      sizes,
      steps,
      channelCounts,
      seed,
      (g, { strideY, strideX, dilation, everyY, everyX }, outChannels, s) => {
        const width = (g.columns - 1) * strideX + (g.tapColumns - 1) * dilation + 1;
        const height = (g.rows - 1) * strideY + (g.tapRows - 1) * dilation + 1;
        const yWidth = (g.columns - 1) * everyX + 1;
        const yHeight = (g.rows - 1) * everyY + 1;
        const geometry = {
          ...g,
          images: 2,
          xImage: height * width * g.runLength,
          xRow: strideY * width * g.runLength,
          xColumn: strideX * g.runLength,
          yImage: yHeight * yWidth * outChannels,
          yRow: everyY * yWidth * outChannels,
          yColumn: everyX * outChannels,
          tapRow: dilation * width * g.runLength,
          tapColumn: dilation * g.runLength,
          outChannels,
        };
        const taps = g.tapRows * g.tapColumns * g.runLength;
        const [x, filter] = [random(2 * geometry.xImage, s), random(taps * outChannels, s + 1)];
        const before = random(2 * geometry.yImage, s + 2);
        const expected = before.slice();
        const bias = random(outChannels, s + 3);
        const relu = s % 2 === 0;
        convolution(x, filter, geometry, expected, { bias, relu });

        const panels = Math.ceil(outChannels / 8);
        const heap = new Heap(panels * 8 * taps, filter.length, before.length, panels * 8, x.length);
        const packed = heap.put(panels * 8 * taps);
        heap.kernels.packPanels(heap.put(filter), 1, taps, 0, outChannels, outChannels, 8, packed);
        const y = heap.put(before);
        const start = heap.put(Float32Array.from({ length: panels * 8 }, (_, k) => bias[k] ?? 0));
        heap.kernels.convolution(
          ...([heap.put(x), packed, y, 2, g.rows, g.columns] as const),
          ...([geometry.xImage, geometry.xRow, geometry.xColumn] as const),
          ...([geometry.yImage, geometry.yRow, geometry.yColumn] as const),
          ...([g.tapRows, g.tapColumns, geometry.tapRow, geometry.tapColumn, g.runLength, outChannels] as const),
          ...([start, relu ? 0 : -Infinity] as const),
        );
        expectClose(heap.get(y, before.length), expected, 1e-6, taps);
        heap.expectGuardsIntact();
      },
    ),
    { numRuns: 300 },
  );
});

test('transpose is src/loops/transpose.ts', () => {
  fc.assert(
    fc.property(size, size, seed, (rows, columns, s) => {
      const source = random(rows * columns, s);
      const expected = new Float32Array(rows * columns);
      transpose(source, rows, columns, expected);
      const heap = new Heap(source.length, source.length);
      // The source last, so that reading beyond it would trap.
      const target = heap.put(source.length);
      heap.kernels.transpose(heap.put(source), rows, columns, target);
      expect(heap.get(target, source.length)).toEqual(expected);
      heap.expectGuardsIntact();
    }),
  );
});

test('packPanels puts groups of channels side by side and fills the last one up', () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(side, side, side, side, fc.constantFrom(4, 8), seed, (rows, columns, channels, gap, width, s) => {
      const [rowDistance, columnDistance] = [columns * gap + channels + 3, gap];
      const source = random((rows - 1) * rowDistance + (columns - 1) * columnDistance + channels, s);
      const panels = Math.ceil(channels / width);
      const expected = Float32Array.from({ length: panels * rows * columns * width }, (_, i) => {
        const channel = (i % width) + width * Math.floor(i / width / columns / rows);
        const [row, column] = [Math.floor(i / width / columns) % rows, Math.floor(i / width) % columns];
        return channel < channels ? source[row * rowDistance + column * columnDistance + channel] : 0;
      });
      const heap = new Heap(expected.length, source.length);
      const target = heap.put(expected.length);
      const sizes = [rows, columns, rowDistance, columnDistance, channels, width] as const;
      heap.kernels.packPanels(heap.put(source), ...sizes, target);
      expect(heap.get(target, expected.length)).toEqual(expected);
      heap.expectGuardsIntact();
    }),
  );
});

test('filterGradient adds to its filter and to nothing beside it, whatever of the last panels is used', () => {
  const count = fc.integer({ min: 1, max: 17 });
  fc.assert(
    fc.property(count, count, seed, (inChannels, outChannels, s) => {
      const [inPanels, outPanels] = [Math.ceil(inChannels / 4), Math.ceil(outChannels / 8)];
      const [x, dy] = [random(inPanels * 6 * 4, s), random(outPanels * 2 * 8, s + 1)];
      const heap = new Heap(x.length, dy.length, 4 * inChannels * outChannels);
      const zeros = new Float32Array(4 * inChannels * outChannels);
      const at = [heap.put(x), heap.put(dy), heap.put(zeros)] as const;
      // A 2x2 filter over one image of 2x3 pixels.
      heap.kernels.filterGradient(
        ...([at[0], at[1], 1, 2, 3, inChannels, 1, 2, outChannels, 2, 2, 1, 1, 0, 0, at[2]] as const),
      );
      heap.expectGuardsIntact();
      const filter = heap.get(at[2], 4 * inChannels * outChannels);
      expect(filter.every((value) => value !== 0)).toBe(true);
      const [c, k] = [inChannels - 1, outChannels - 1];
      const xOf = (pixel: number) => x[(Math.floor(c / 4) * 6 + pixel) * 4 + (c % 4)];
      const dyOf = (pixel: number) => dy[(Math.floor(k / 8) * 2 + pixel) * 8 + (k % 8)];
      // Its last tap is over the pixels 4 and 5.
      expect(filter.at(-1)).toBeCloseTo(xOf(4) * dyOf(0) + xOf(5) * dyOf(1), 5);
    }),
  );
});

test('maxPoolGradient is src/loops/max-pool-gradient.ts, ties and NaN included', () => {
  fc.assert(
    fc.property(windows, channelCounts, seed, (window, inChannels, s) => {
      const geometry = { ...window, inChannels };
      const { inHeight, inWidth, outHeight, outWidth } = geometry;
      const x = random(2 * inHeight * inWidth * inChannels, s).map((v) => (v > 0.9 ? NaN : Math.round(v * 3)));
      const dy = random(2 * outHeight * outWidth * inChannels, s + 1);
      const expected = new Float32Array(x.length);
      maxPoolGradient(dy, x, geometry, expected);

      const heap = new Heap(x.length, dy.length, x.length);
      const target = heap.put(x.length);
      heap.get(target, x.length).fill(0);
      const inputs = [heap.put(dy), heap.put(x)] as const;
      heap.kernels.maxPoolGradient(...inputs, ...poolArguments(geometry), target);
      expectClose(heap.get(target, x.length), expected, 1e-6);
      heap.expectGuardsIntact();
    }),
    { numRuns: 300 },
  );
});

test('copyPhase is src/loops/copy-phase.ts', () => {
  const small = fc.integer({ min: 1, max: 6 });
  const few = fc.integer({ min: 0, max: 2 });
  fc.assert(
    fc.property(small, small, size, few, few, small, small, seed, (height, width, channels, skip, first, sy, sx, s) => {
      const grid = {
        images: 2,
        height,
        width,
        channels,
        sourceHeight: height + skip,
        sourceWidth: width + skip + 1,
        skipY: skip,
        skipX: skip,
        targetHeight: first + (height - 1) * sy + 1,
        targetWidth: first + (width - 1) * sx + 1,
        firstY: first,
        firstX: first,
        strideY: sy,
        strideX: sx,
      };
      const source = random(2 * grid.sourceHeight * grid.sourceWidth * channels, s);
      const before = random(2 * grid.targetHeight * grid.targetWidth * channels, s + 1);
      const expected = before.slice();
      copyPhase(source, grid, expected);
      const heap = new Heap(source.length, before.length);
      const target = heap.put(before);
      heap.kernels.copyPhase(
        ...([heap.put(source), grid.sourceHeight, grid.sourceWidth, skip, skip, 2, height, width, channels] as const),
        ...([target, grid.targetHeight, grid.targetWidth, first, first, sy, sx] as const),
      );
      expect(heap.get(target, before.length)).toEqual(expected);
      heap.expectGuardsIntact();
    }),
  );
});

test('copyRows is src/loops/copy-rows.ts', () => {
  const gap = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(size, size, gap, gap, seed, (length, count, sourceGap, targetGap, s) => {
      const [sourceStep, targetStep] = [length + sourceGap, length + targetGap];
      const source = random((count - 1) * sourceStep + length, s);
      const before = random((count - 1) * targetStep + length, s + 1);
      const expected = before.slice();
      copyRows(source, sourceStep, expected, targetStep, length, count);
      const heap = new Heap(source.length, before.length);
      const target = heap.put(before);
      heap.kernels.copyRows(heap.put(source), sourceStep, target, targetStep, length, count);
      expect(heap.get(target, before.length)).toEqual(expected);
      heap.expectGuardsIntact();
    }),
  );
});

test('the depthwise gradients are src/loops/depthwise-gradient.ts, strided or dilated', () => {
  const dilation = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(windows, dilation, dilation, channelCounts, seed, (window, vertical, horizontal, inChannels, s) => {
      const dilationHeight = window.strideHeight === 1 ? vertical : 1;
      const dilationWidth = window.strideWidth === 1 ? horizontal : 1;
      const g = { ...window, inChannels, dilationHeight, dilationWidth, multiplier: 1 };
      const x = random(2 * g.inHeight * g.inWidth * inChannels, s);
      const dy = random(2 * g.outHeight * g.outWidth * inChannels, s + 1);
      const filter = random(g.filterHeight * g.filterWidth * inChannels, s + 2);
      const [dx, dFilter] = [new Float32Array(x.length), new Float32Array(filter.length)];
      depthwiseInputGradient(dy, filter, g, dx);
      depthwiseFilterGradient(x, dy, g, dFilter);

      const [n, c, p] = poolSizes(g);
      const sizes = [...n, ...c, dilationHeight, dilationWidth, ...p] as const;
      const back = new Heap(dx.length, dy.length, filter.length);
      const target = back.put(dx.length);
      back.kernels.depthwiseInputGradient(back.put(dy), back.put(filter), ...sizes, target);
      expectClose(back.get(target, dx.length), dx, 1e-5);
      back.expectGuardsIntact();
      const toFilter = new Heap(filter.length, x.length, dy.length);
      const sums = toFilter.put(filter.length);
      toFilter.kernels.depthwiseFilterGradient(toFilter.put(x), toFilter.put(dy), ...sizes, sums);
      expectClose(toFilter.get(sums, filter.length), dFilter, 1e-5);
      toFilter.expectGuardsIntact();
    }),
    { numRuns: 500 },
  );
});

test('resizeBilinearGradient is src/loops/resize-bilinear-gradient.ts', () => {
  const side = fc.integer({ min: 1, max: 9 });
  const samplings = fc.constantFrom([false, false], [true, false], [false, true]);
  fc.assert(
    fc.property(side, side, side, side, channelCounts, samplings, seed, (...drawn) => {
      const [inHeight, inWidth, outHeight, outWidth, channels, [alignCorners, halfPixelCenters], s] = drawn;
      const sampling = { alignCorners, halfPixelCenters };
      const dy = random(2 * outHeight * outWidth * channels, s);
      const expected = new Float32Array(2 * inHeight * inWidth * channels);
      resizeBilinearGradient(dy, { images: 2, inHeight, inWidth, outHeight, outWidth, channels }, sampling, expected);

      const heap = new Heap(expected.length, dy.length);
      const target = heap.put(new Float32Array(expected.length));
      heap.kernels.resizeBilinearGradient(
        ...([heap.put(dy), 2, inHeight, inWidth, outHeight, outWidth, channels] as const),
        ...([resizeStep(inHeight, outHeight, sampling), resizeStep(inWidth, outWidth, sampling)] as const),
        ...([halfPixelCenters ? 0.5 : 0, target] as const),
      );
      expectClose(heap.get(target, expected.length), expected, 1e-5);
      heap.expectGuardsIntact();
    }),
    { numRuns: 300 },
  );
});

test('simdKernels(memory) leaves a memory that threads share to the plain loops', () => {
  expect(simdKernels(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }))).toBeUndefined();
});

/** The kernel's parameters between its arrays, in the order of assembly/. */
function poolArguments(g: WindowGeometry) {
  const [images, window, padding] = poolSizes(g);
  return [...images, ...window, ...padding] as const;
}

function poolSizes(g: WindowGeometry) {
  return [
    [g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth],
    [g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth],
    [g.padTop, g.padLeft],
  ] as const;
}
