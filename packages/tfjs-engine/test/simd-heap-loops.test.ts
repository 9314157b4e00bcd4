import { backend as activeBackend, ones, setBackend, tensor, util, type TensorInfo } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import '@tensorflow/tfjs-backend-wasm';
import { filterGradient } from '../src/loops/filter-gradient';
import { loadWasm } from '../src/wasm/load-wasm';
import { heapLoops } from '../src/wasm/simd/heap-loops';
import { allocate, view, type BackendWasm } from '../src/wasm/wasm-backend';
import { deviation, numbers } from './support/numbers';
import { channelCounts, windows } from './support/windows';

test('heapLoops(backend) uses SIMD on tfjs’ heap, and plain loops with the same results where the heap is hidden', async () => {
  await loadWasm();
  await setBackend('wasm');
  const backend = activeBackend() as BackendWasm;
  const hidden = Object.create(backend, { wasm: { value: { ...backend.wasm, asm: undefined } } }) as BackendWasm;
  expect(heapLoops(backend)).toBe(heapLoops(backend));
  expect(heapLoops(hidden)).not.toBe(heapLoops(backend));

  const x = tensor(
    Array.from({ length: 6 * 19 }, (_, i) => Math.sin(i) * 3),
    [6, 19],
  );
  const inputs = { x, scale: ones([19]), offset: ones([19]) };
  const results = [heapLoops(backend), heapLoops(hidden)].map((loops) => {
    const [mean, variance, y, turned] = [[19], [19], [6, 19], [19, 6]].map((shape) => allocate(backend, shape));
    loops.channelMoments(x, mean, variance);
    loops.normalize(inputs, mean, variance, 1e-5, y);
    loops.transpose({ tensor: y, at: 0 }, 6, 19, { tensor: turned, at: 0 });
    return [mean, variance, y, turned].map((t: TensorInfo) => view(backend, t).slice());
  });
  results[0].forEach((values, which) => {
    values.forEach((value, i) => expect(value).toBeCloseTo(results[1][which][i], 5));
  });
  expect(results[0][3][1]).toBe(results[0][2][19]);
});

test('the loops go on working after the heap has grown', async () => {
  await loadWasm();
  const backend = activeBackend() as BackendWasm;
  const before = view(backend, ones([1])).buffer;
  const source = tensor(
    Float32Array.from({ length: 12 }, (_, i) => i),
    [3, 4],
  );
  const large = allocate(backend, [48 * 1024 * 1024]);
  const target = allocate(backend, [4, 3]);
  expect(view(backend, target).buffer).not.toBe(before);
  heapLoops(backend).transpose({ tensor: source, at: 0 }, 3, 4, { tensor: target, at: 0 });
  expect([...view(backend, target)]).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
  backend.disposeData(large.dataId);
});

test('filterGradient is src/loops/filter-gradient.ts, whatever the channels, the stride and the padding', async () => {
  await loadWasm();
  const backend = activeBackend() as BackendWasm;
  const geometries = fc
    .tuple(windows, channelCounts, channelCounts)
    .map(([window, inChannels, outChannels]) => ({ ...window, inChannels, outChannels }));
  // Windows that need no padding are taken row by row; drawn sizes seldom are of that kind.
  const unpadded = geometries.map((g) => ({
    ...g,
    padLeft: 0,
    inWidth: (g.outWidth - 1) * g.strideWidth + g.filterWidth + (g.padTop % 2),
  }));
  let seed = 0;
  const values = (shape: number[]) => tensor(numbers(util.sizeFromShape(shape), seed++), shape);
  fc.assert(
    fc.property(fc.oneof(geometries, unpadded), (g) => {
      const x = values([2, g.inHeight, g.inWidth, g.inChannels]);
      const dy = values([2, g.outHeight, g.outWidth, g.outChannels]);
      const dFilter = ones([g.filterHeight, g.filterWidth, g.inChannels, g.outChannels]);
      const expected = new Float32Array(dFilter.size);
      filterGradient(view(backend, x), view(backend, dy), g, expected);
      heapLoops(backend).filterGradient(x, dy, g, dFilter);
      expect(deviation(view(backend, dFilter), expected)).toBeLessThan(1e-5);
      [x, dy, dFilter].forEach((each) => each.dispose());
    }),
    { numRuns: 300 },
  );
});
