import fc from 'fast-check';
import * as augment from '../src';
import * as simd from '../src/simd/simd-kernels';
import { imageByFormula } from './golden';
import { anyMatrix, anySize, exactMatrix } from './warp-cases';

/** The package as it is on a machine without WebAssembly, and its kernels. */
function withoutSimd(): { plain: typeof augment; kernels: unknown } {
  const { WebAssembly } = globalThis as { WebAssembly?: unknown };
  const found: { plain?: typeof augment; kernels?: unknown } = {};
  Object.assign(globalThis, { WebAssembly: undefined });
  try {
    jest.isolateModules(() => {
      found.plain = jest.requireActual<typeof augment>('../src');
      found.kernels = jest.requireActual<typeof simd>('../src/simd/simd-kernels').simdKernels();
    });
  } finally {
    Object.assign(globalThis, { WebAssembly });
  }
  return { plain: found.plain as typeof augment, kernels: found.kernels };
}

function bytesOf(result: augment.Image | Float32Array): Buffer {
  const { buffer } = result instanceof Float32Array ? result : result.data;
  return Buffer.from(buffer);
}

describe('the SIMD kernels', () => {
  const { plain, kernels } = withoutSimd();
  const image = imageByFormula('formula', 41, 30);
  const random = augment.createRandom(1);
  const noise = { ...image, data: image.data.map(() => Math.floor(random.uniform() * 256)) };
  const options = fc.record({
    flip: fc.boolean(),
    border: fc.constantFrom('constant' as const, 'reflect101' as const),
    reverseChannels: fc.boolean(),
  });

  test('are in use here, and not there', () => {
    expect(simd.simdKernels()).toBeDefined();
    expect(kernels).toBeUndefined();
  });

  test('give the bytes of the plain loops, for any matrix and next to halves', () => {
    const sizes = fc.oneof(anySize, fc.constant([48, 64] as [number, number]));
    fc.assert(
      fc.property(fc.oneof(anyMatrix, exactMatrix), sizes, options, (matrix, size, chosen) => {
        for (const source of [image, noise]) {
          for (const warp of ['warpAffine', 'warpNormalized'] as const) {
            const [fast, slow] = [augment, plain].map((each) => each[warp](source, matrix, size, chosen));
            expect(bytesOf(fast).equals(bytesOf(slow))).toBe(true);
          }
        }
      }),
    );
  });

  test('leave memory of one warp out of the next', () => {
    const matrix: augment.Affine = [1.3, 0, 4, 0, 1.3, 5];
    const first = augment.warpAffine(noise, matrix, [40, 40]);
    const copy = first.data.slice();
    augment.warpAffine(image, [2, 0, -9, 0, 2, -4], [64, 64]);
    expect(first.data).toEqual(copy);
    expect(augment.warpAffine(noise, matrix, [40, 40])).toEqual(first);
  });

  test('hand over to the plain loops where copying the source would cost more', () => {
    const large = imageByFormula('smooth', 400, 300);
    const matrix: augment.Affine = [0.01, 0, 0, 0, 0.01, 0];
    expect(augment.warpAffine(large, matrix, [4, 3])).toEqual(plain.warpAffine(large, matrix, [4, 3]));
  });
});
