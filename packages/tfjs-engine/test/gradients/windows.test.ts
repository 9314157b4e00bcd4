import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useEngine } from '../../src/use-engine';
import type { Pad } from '../support/convolution';
import { ENGINES } from '../support/engines';
import { gradientErrors, type Op } from '../support/gradient-check';
import { convolution, depthwiseConvolution, pooling, windowInfo, type WindowedOp } from '../support/windowed-ops';

const TOLERANCE = 1e-5;

const upTo = (max: number) => fc.integer({ min: 1, max });
const explicit = (top: number, bottom: number, left: number, right: number): Pad => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];
const anyPad = (max: number) => {
  const side = fc.integer({ min: 0, max });
  return fc.oneof(
    fc.constantFrom<Pad>('same', 'valid'),
    side,
    fc.tuple(side, side, side, side).map((sides) => explicit(...sides)),
  );
};
const sizes = { xShape: fc.tuple(upTo(2), upTo(8), upTo(8), upTo(3)), window: fc.tuple(upTo(4), upTo(3)) };
const hasOutputs = (w: WindowedOp) => windowInfo(w).outHeight > 0 && windowInfo(w).outWidth > 0;
/** For a padding given as a number, TensorFlow.js computes both output sizes with the height's filter and stride. */
const isSquare = ({ window, strides, dilations, pad }: WindowedOp) =>
  typeof pad !== 'number' || [window, strides, dilations].every(([vertical, horizontal]) => vertical === horizontal);

/** Strided or dilated, never both: TensorFlow.js allows no more. */
const convolutions: fc.Arbitrary<WindowedOp> = fc
  .oneof(
    fc.record({
      ...sizes,
      strides: fc.tuple(upTo(3), upTo(3)),
      dilations: fc.constant<[number, number]>([1, 1]),
      pad: anyPad(3),
    }),
    fc.record({
      ...sizes,
      strides: fc.constant<[number, number]>([1, 1]),
      dilations: fc.tuple(upTo(4), upTo(4)),
      pad: anyPad(4),
    }),
  )
  .filter(isSquare)
  .filter(hasOutputs);

/** No window lies in the padding alone. */
const pools: fc.Arbitrary<WindowedOp> = fc
  .record({
    ...sizes,
    window: fc.tuple(upTo(3), upTo(3)),
    strides: fc.tuple(upTo(3), upTo(3)),
    dilations: fc.constant<[number, number]>([1, 1]),
    pad: anyPad(2),
  })
  .filter(({ window, pad }) => typeof pad === 'string' || Math.max(...[pad].flat(2)) < Math.min(...window))
  .filter(isSquare)
  .filter(hasOutputs);

/** tfjs' wasm convolutions are wrong for 'same' where a stride exceeds the filter. */
const skipForward = ({ strides, window, pad }: WindowedOp) =>
  pad === 'same' && strides.some((stride, axis) => stride > window[axis]);

/** TensorFlow's (oneDNN's) are wrong for several images of one channel where one column of outputs is left by the stride. */
const isOneColumn = (w: WindowedOp) =>
  w.xShape[3] === 1 && windowInfo(w).outWidth === 1 && w.strides[0] === 1 && w.strides[1] > 1;

const conv2d = (w: WindowedOp, outChannels: number): Op => ({
  shapes: [w.xShape, [...w.window, w.xShape[3], outChannels]],
  op: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, w.strides, w.pad, 'NHWC', w.dilations),
  obvious: convolution(w, outChannels),
  skipForward: skipForward(w) || isOneColumn(w),
});

const depthwise = (w: WindowedOp, multiplier: number): Op => ({
  shapes: [w.xShape, [...w.window, w.xShape[3], multiplier]],
  op: (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, w.strides, w.pad, 'NHWC', w.dilations),
  obvious: depthwiseConvolution(w, multiplier),
  skipForward: skipForward(w),
});

const maxPool = (w: WindowedOp): Op => ({
  shapes: [w.xShape],
  op: (x) => tf.maxPool(x as tf.Tensor4D, w.window, w.strides, w.pad),
  obvious: pooling(w, (values) => Math.max(...values)),
});

const avgPool = (w: WindowedOp): Op => ({
  shapes: [w.xShape],
  op: (x) => tf.avgPool(x as tf.Tensor4D, w.window, w.strides, w.pad),
  obvious: pooling(w, (values) => values.reduce((a, b) => a + b, 0) / values.length),
});

describe.each(ENGINES)('on %s, output and gradients equal plain loops and their central differences:', (engine) => {
  beforeAll(() => useEngine({ prefer: engine }));

  test('tf.conv2d, any stride, dilation and padding', () => {
    fc.assert(
      fc.property(convolutions, upTo(3), fc.nat(1000), (w, outChannels, seed) => {
        expect(Math.max(...gradientErrors(conv2d(w, outChannels), seed))).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 150 },
    );
  });

  test.each<Pad | number>(['same', 'valid', 1, explicit(0, 1, 2, 0)])(
    'tf.conv2d, a strided 1x1 filter on few channels, padding %j', // TensorFlow's own gradient writes outside of its memory
    (pad) => {
      const w: WindowedOp = { xShape: [2, 6, 4, 5], window: [1, 1], strides: [2, 2], dilations: [1, 1], pad };
      expect(Math.max(...gradientErrors(conv2d(w, 3), 1))).toBeLessThan(TOLERANCE);
    },
  );

  test('tf.depthwiseConv2d, any stride, dilation, padding and multiplier', () => {
    fc.assert(
      fc.property(convolutions, upTo(2), fc.nat(1000), (w, multiplier, seed) => {
        // TensorFlow has no others.
        fc.pre(engine !== 'native' || w.strides[0] === w.strides[1]);
        expect(Math.max(...gradientErrors(depthwise(w, multiplier), seed))).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 150 },
    );
  });

  test('tf.maxPool, any stride and padding', () => {
    fc.assert(
      fc.property(pools, fc.nat(1000), (w, seed) => {
        expect(Math.max(...gradientErrors(maxPool(w), seed))).toBeLessThan(TOLERANCE);
      }),
    );
  });

  test('tf.avgPool, any stride and padding, which does not count', () => {
    fc.assert(
      fc.property(pools, fc.nat(1000), (w, seed) => {
        expect(Math.max(...gradientErrors(avgPool(w), seed))).toBeLessThan(TOLERANCE);
      }),
    );
  });

  const square: [number, number] = [3, 3];
  const one: [number, number] = [1, 1];
  const two: [number, number] = [2, 2];
  test.each<[string, Op]>([
    [
      "ResNet's stem: 7x7, stride 2, padding 3",
      conv2d({ xShape: [1, 8, 6, 3], window: [7, 7], strides: two, dilations: one, pad: explicit(3, 3, 3, 3) }, 2),
    ],
    [
      "ResNet's pooling: 3x3, stride 2, padding 1",
      maxPool({ xShape: [2, 8, 6, 3], window: square, strides: two, dilations: one, pad: 1 }),
    ],
    [
      "ASPP's branch: 3x3, dilation 4, same",
      conv2d({ xShape: [1, 9, 10, 2], window: square, strides: one, dilations: [4, 4], pad: 'same' }, 2),
    ],
    [
      'depthwise 3x3, stride 2, padding 1',
      depthwise({ xShape: [2, 8, 6, 20], window: square, strides: two, dilations: one, pad: 1 }, 1),
    ],
  ])('%s', (_, op) => {
    expect(Math.max(...gradientErrors(op, 1))).toBeLessThan(TOLERANCE);
  });

  test('a dilated tf.conv2d of NCHW images has no gradient, and the error says what to do', () => {
    if (engine !== 'cpu') return;
    const x = tf.ones<tf.Rank.R4>([1, 2, 5, 5]);
    const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 2]);
    const gradient = tf.grad((f: tf.Tensor) => tf.conv2d(x, f as tf.Tensor4D, 1, 'same', 'NCHW', 2));
    expect(() => gradient(filter)).toThrow("takes dataFormat 'NHWC', but got 'NCHW': transpose the images");
    tf.dispose([x, filter]);
  });
});
