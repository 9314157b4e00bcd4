import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import {
  convolve,
  filterGradient,
  inputGradient,
  outShape,
  sizeOf,
  type Convolution,
  type Pad,
} from '../support/convolution';
import { deviation, numbers } from '../support/numbers';
import { onWasm, runKernel } from '../support/wasm';

const TOLERANCE = 1e-5;

const anyPad = fc.oneof(
  fc.constantFrom<Pad>('same', 'valid'),
  fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)).map(([top, bottom, left, right]): Pad => [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]),
);
const upTo = (max: number) => fc.integer({ min: 1, max });
const anyConvolution: fc.Arbitrary<Convolution> = fc
  .record({
    xShape: fc.tuple(upTo(3), upTo(13), upTo(13), upTo(5)),
    window: fc.tuple(upTo(7), upTo(7), upTo(5)),
    strides: fc.tuple(upTo(3), upTo(3)),
    pad: anyPad,
  })
  .map(({ xShape, window: [kh, kw, out], strides, pad }) => ({
    xShape,
    filterShape: [kh, kw, xShape[3], out] as const,
    strides,
    pad,
  }))
  .map((c) => ({ ...c, filterShape: [...c.filterShape] as Convolution['filterShape'] }))
  .filter((c) => outShape(c).every((size) => size > 0));

const tensors = (c: Convolution, seed: number) => ({
  x: numbers(sizeOf(c.xShape), seed),
  filter: numbers(sizeOf(c.filterShape), seed + 1),
  dy: numbers(sizeOf(outShape(c)), seed + 2),
});

/** The three kernels on the active engine. */
function kernels(c: Convolution, { x, filter, dy }: ReturnType<typeof tensors>): Float32Array[] {
  const [xt, ft, dyt] = [tf.tensor4d(x, c.xShape), tf.tensor4d(filter, c.filterShape), tf.tensor4d(dy, outShape(c))];
  const common = { strides: c.strides, pad: c.pad, dataFormat: 'NHWC' };
  const values = [
    runKernel('Conv2D', { x: xt, filter: ft }, { ...common, dilations: 1 }),
    runKernel('Conv2DBackpropInput', { dy: dyt, filter: ft }, { ...common, inputShape: c.xShape }),
    runKernel('Conv2DBackpropFilter', { x: xt, dy: dyt }, { ...common, filterShape: c.filterShape }),
  ];
  tf.dispose([xt, ft, dyt]);
  return values.flat();
}

test('Conv2D, Conv2DBackpropInput and Conv2DBackpropFilter equal float64 loops and leave no data behind', async () => {
  await fc.assert(
    fc.asyncProperty(anyConvolution, fc.nat(1000), async (c, seed) => {
      const t = tensors(c, seed);
      const [y, dx, df] = await onWasm(() => kernels(c, t));
      expect(deviation(y, convolve(c, t.x, t.filter))).toBeLessThan(TOLERANCE);
      expect(deviation(dx, inputGradient(c, t.dy, t.filter))).toBeLessThan(TOLERANCE);
      expect(deviation(df, filterGradient(c, t.dy, t.x))).toBeLessThan(TOLERANCE);
    }),
    { numRuns: 200 },
  );
});

const NAMED: [string, Convolution][] = [
  [
    'the stem: 7x7, stride 2, padding 3',
    { xShape: [2, 16, 12, 3], filterShape: [7, 7, 3, 8], strides: [2, 2], pad: explicit(3) },
  ],
  [
    '3x3, stride 2, padding 1, even size',
    { xShape: [2, 8, 6, 16], filterShape: [3, 3, 16, 24], strides: [2, 2], pad: explicit(1) },
  ],
  [
    '1x1, stride 2: inputs that no filter tap meets',
    { xShape: [1, 7, 8, 4], filterShape: [1, 1, 4, 8], strides: [2, 2], pad: 'same' },
  ],
  ['3x3, stride 1, same', { xShape: [2, 9, 5, 8], filterShape: [3, 3, 8, 8], strides: [1, 1], pad: 'same' }],
];

function explicit(p: number): Pad {
  return [
    [0, 0],
    [p, p],
    [p, p],
    [0, 0],
  ];
}

test.each(NAMED)("%s: the kernels equal those of tfjs' cpu engine", async (_, c) => {
  const t = tensors(c, 7);
  const wasm = await onWasm(() => kernels(c, t));
  await tf.setBackend('cpu');
  kernels(c, t).forEach((expected, i) => expect(deviation(wasm[i], expected)).toBeLessThan(TOLERANCE));
});

test.each(NAMED)('%s: gradients of tf.conv2d agree with finite differences', async (_, c) => {
  const { x, filter, dy } = tensors(c, 11);
  const direction = { x: numbers(x.length, 12), filter: numbers(filter.length, 13) };
  const [dx, df] = await onWasm(() =>
    tf.tidy(() => {
      const loss = (a: tf.Tensor, b: tf.Tensor) => {
        const pad = c.pad === 'same' || c.pad === 'valid' ? c.pad : c.pad[1][0];
        return tf.sum(
          tf.mul(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, c.strides, pad), tf.tensor4d(dy, outShape(c))),
        ) as tf.Scalar;
      };
      const gradients = tf.grads(loss)([tf.tensor4d(x, c.xShape), tf.tensor4d(filter, c.filterShape)]);
      return gradients.map((g) => g.dataSync());
    }),
  );
  // The loss is linear in each argument, so a wide step has no error of its own.
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, v, i) => sum + v * b[i], 0);
  const along = (values: Float32Array, by: Float32Array, sign: number) =>
    Float64Array.from(values, (v, i) => v + sign * 0.5 * by[i]);
  const byX = [1, -1].map((sign) => dot(convolve(c, along(x, direction.x, sign), filter), dy));
  const byFilter = [1, -1].map((sign) => dot(convolve(c, x, along(filter, direction.filter, sign)), dy));
  expect(dot(dx, direction.x)).toBeCloseTo(byX[0] - byX[1], 3);
  expect(dot(df, direction.filter)).toBeCloseTo(byFilter[0] - byFilter[1], 3);
});

test.each([2, 3, 4])(
  'tf.conv2dTranspose with a %ix%i kernel and stride 2 is the input gradient of the convolution',
  async (k) => {
    const c: Convolution = { xShape: [2, 10, 6, 3], filterShape: [k, k, 3, 5], strides: [2, 2], pad: 'same' };
    const { dy, filter } = tensors(c, k);
    const y = await onWasm(() =>
      tf.tidy(() =>
        tf
          .conv2dTranspose(tf.tensor4d(dy, outShape(c)), tf.tensor4d(filter, c.filterShape), c.xShape, 2, 'same')
          .dataSync(),
      ),
    );
    expect(deviation(y, inputGradient(c, dy, filter))).toBeLessThan(TOLERANCE);
  },
);

test('Conv2DBackpropFilter works in slices where the columns of all taps together would be too large', async () => {
  const c: Convolution = { xShape: [2, 192, 192, 40], filterShape: [3, 3, 40, 1], strides: [1, 1], pad: 'same' };
  const { x, dy } = tensors(c, 3);
  const [df] = await onWasm(() => {
    const inputs = { x: tf.tensor4d(x, c.xShape), dy: tf.tensor4d(dy, outShape(c)) };
    const values = runKernel('Conv2DBackpropFilter', inputs, { strides: 1, pad: 'same', filterShape: c.filterShape });
    tf.dispose(inputs);
    return values;
  });
  expect(deviation(df, filterGradient(c, dy, x))).toBeLessThan(1e-4);
});
