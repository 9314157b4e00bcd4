import { resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useEngine } from '../../src/use-engine';
import { ENGINES, withoutLeaks } from '../support/engines';
import { gradientErrors, type Op } from '../support/gradient-check';
import { deviation, numbers } from '../support/numbers';
import { runNode } from '../support/project';
import { convolution, windowInfo, type WindowedOp } from '../support/windowed-ops';

const upTo = (max: number) => fc.integer({ min: 1, max });
const anyCase = fc.record({
  images: upTo(3),
  size: fc.tuple(upTo(7), upTo(7)),
  channels: fc.tuple(fc.constantFrom(1, 3, 8, 13), fc.constantFrom(1, 4, 7, 16)),
  filter: upTo(4),
  stride: upTo(2),
  dilation: upTo(2),
  activation: fc.constantFrom('linear' as const, 'relu' as const),
  seed: fc.nat(1000),
});

/** [2, 3, 2] to [4, 6, 3], filter [4, 4, 3, 2], stride 2: each pixel is spread over 4x4, the outermost one cut off. */
function transposedConvolution(x: Float64Array, filter: Float64Array, bias: Float64Array): Float64Array {
  const y = new Float64Array(4 * 6 * 3).map((_, i) => bias[i % 3]);
  for (let row = 0; row < 2; row++)
    for (let column = 0; column < 3; column++)
      for (let ky = 0; ky < 4; ky++)
        for (let kx = 0; kx < 4; kx++) {
          const [oy, ox] = [2 * row + ky - 1, 2 * column + kx - 1];
          if (oy < 0 || oy >= 4 || ox < 0 || ox >= 6) continue;
          for (let to = 0; to < 3; to++)
            for (let from = 0; from < 2; from++)
              y[(oy * 6 + ox) * 3 + to] +=
                x[(row * 3 + column) * 2 + from] * filter[((ky * 4 + kx) * 3 + to) * 2 + from];
        }
  return y;
}

const tensor = (shape: number[], seed: number) => tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), shape);

/** Output and gradients of the fused op against those of the ops that it stands for. */
function expectSame(
  inputs: () => tf.Tensor[],
  fused: (...inputs: tf.Tensor[]) => tf.Tensor,
  composed: (...inputs: tf.Tensor[]) => tf.Tensor,
): void {
  const [actual, expected] = [fused, composed].map((op) =>
    withoutLeaks(() =>
      tf.tidy(() => {
        const weighted = (...tensors: tf.Tensor[]) => {
          const y = op(...tensors);
          return tf.sum(tf.mul(y, tensor(y.shape, 99)));
        };
        const tensors = inputs();
        return [op(...tensors), ...tf.grads(weighted)(tensors)].map((t) => ({ shape: t.shape, values: t.dataSync() }));
      }),
    ),
  );
  actual.forEach(({ shape, values }, i) => {
    expect(shape).toEqual(expected[i].shape);
    expect(deviation(values, expected[i].values)).toBeLessThan(1e-5);
  });
}

// Engines without these kernels leave the composition to what asks for them (fuseLayers of pose-models).
const describeHere = ENGINES.includes('native') ? describe : describe.skip;
describeHere('on native', () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  test('FusedConv2DAdd is convolution, bias, sum and ReLU one after the other, gradients too', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom<'same' | 'valid' | number>('same', 'valid', 1, 2),
        ({ images, size, channels: [from, to], filter: side, stride, dilation, activation, seed }, pad) => {
          const dilations = stride === 1 ? dilation : 1; // one of them must be 1
          const reach = (side - 1) * dilations + 1;
          fc.pre(pad !== 'valid' || Math.min(...size) >= reach);
          fc.pre(typeof pad !== 'number' || (pad < side && Math.min(...size) + 2 * pad >= reach));
          const x = [images, ...size, from];
          const filter: [number, number, number, number] = [side, side, from, to];
          const { outShape } = tf.backend_util.computeConv2DInfo(
            ...([x as [number, number, number, number], filter, stride, dilations, pad] as const),
          );
          expectSame(
            () => [tensor(x, seed), tensor(filter, seed + 1), tensor([to], seed + 2), tensor(outShape, seed + 3)],
            (...[x, filter, bias, addend]) =>
              tf
                .engine()
                .runKernel(
                  'FusedConv2DAdd',
                  { x, filter, bias, addend },
                  { strides: stride, pad, dilations, activation },
                ),
            (x, filter, bias, addend) => {
              const convolved = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad, 'NHWC', dilations);
              const sum = tf.add(tf.add(convolved, bias), addend);
              return activation === 'relu' ? tf.relu(sum) : sum;
            },
          );
        },
      ),
    );
  });

  test('FusedConv2DTranspose is transposed convolution, bias and ReLU one after the other, gradients too', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom('same' as const, 'valid' as const),
        ({ images, size, channels: [from, to], filter: side, stride, activation, seed }, pad) => {
          const outputShape = [
            images,
            ...size.map((length) => (pad === 'same' ? length * stride : (length - 1) * stride + side)),
            to,
          ] as [number, number, number, number];
          expectSame(
            () => [
              tensor([images, ...size, from], seed),
              tensor([side, side, to, from], seed + 1),
              tensor([to], seed + 2),
            ],
            (...[x, filter, bias]) => {
              const attributes = { outputShape, strides: stride, pad, activation };
              return tf.engine().runKernel('FusedConv2DTranspose', { x, filter, bias }, attributes);
            },
            (x, filter, bias) => {
              const transposed = tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, outputShape, stride, pad);
              const sum = tf.add(transposed, bias);
              return activation === 'relu' ? tf.relu(sum) : sum;
            },
          );
        },
      ),
    );
  });

  test('their gradients agree with finite differences', () => {
    const w: WindowedOp = { xShape: [2, 5, 4, 3], window: [3, 3], strides: [2, 2], dilations: [1, 1], pad: 1 };
    const { outHeight, outWidth } = windowInfo(w);
    const forward: Op = {
      shapes: [w.xShape, [3, 3, 3, 4], [4], [2, outHeight, outWidth, 4]],
      op: (x, filter, bias, addend) =>
        tf.engine().runKernel('FusedConv2DAdd', { x, filter, bias, addend }, { strides: 2, pad: 1 }),
      obvious: (x, filter, bias, addend) => convolution(w, 4)(x, filter).map((sum, i) => sum + bias[i % 4] + addend[i]),
    };
    const transposed: Op = {
      shapes: [[1, 2, 3, 2], [4, 4, 3, 2], [3]],
      op: (x, filter, bias) => {
        const attributes = { outputShape: [1, 4, 6, 3], strides: 2, pad: 'same' };
        return tf.engine().runKernel('FusedConv2DTranspose', { x, filter, bias }, attributes);
      },
      obvious: transposedConvolution,
    };
    for (const op of [forward, transposed]) for (const error of gradientErrors(op, 1)) expect(error).toBeLessThan(1e-5);
  });

  test('where no temporary file can be written, the ops run one after the other', async () => {
    const script = `
      const tf = require('@tensorflow/tfjs-core');
      const { useEngine } = require('@pose/tfjs-engine');
      useEngine({ prefer: 'native' }).then(() => {
        const [x, filter, bias] = [tf.ones([1, 2, 2, 1]), tf.ones([2, 2, 1, 2]), tf.tensor1d([-3, -6])];
        const run = (name, inputs, attributes) => tf.engine().runKernel(name, { bias, ...inputs }, attributes).arraySync();
        const same = { strides: 1, pad: 'same', activation: 'relu' };
        console.log(JSON.stringify([
          tf.fused.conv2d({ x, filter, bias, ...same }).arraySync(),
          run('FusedConv2DAdd', { x, filter, addend: tf.fill([1, 2, 2, 2], 2) }, same),
          run('FusedConv2DAdd', { x: tf.ones([1, 3, 3, 1]), filter, addend: tf.ones([1, 1, 1, 2]) },
            { ...same, pad: 'valid', dilations: 2 }),
          run('FusedConv2DTranspose', { x: tf.fill([1, 1, 1, 1], 5), filter: tf.ones([2, 2, 2, 1]) },
            { ...same, pad: 'valid', outputShape: [1, 2, 2, 2] }),
        ]));
      });`;
    const { stdout } = await runNode(resolve(__dirname, '../..'), ['-e', script], { TMPDIR: '/nowhere' });
    expect(JSON.parse(stdout)).toEqual([
      [[[[1, 0], [0, 0]], [[0, 0], [0, 0]]]],
      [[[[3, 0], [1, 0]], [[1, 0], [0, 0]]]],
      [[[[2, 0]]]],
      [[[[2, 0], [2, 0]], [[2, 0], [2, 0]]]],
    ]); // prettier-ignore
  });
});
