import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useEngine } from '../src/use-engine';
import { ENGINES, withoutLeaks } from './support/engines';
import { deviation, numbers } from './support/numbers';

type Pad = 'same' | 'valid' | number;

const upTo = (max: number) => fc.integer({ min: 1, max });
const anyConvolution = fc.record({
  size: fc.tuple(upTo(3), upTo(9), upTo(9), upTo(5)),
  filter: upTo(3),
  channels: fc.constantFrom(1, 3, 8, 13),
  stride: upTo(2),
  pad: fc.constantFrom<Pad>('same', 'valid', 1),
  activation: fc.constantFrom('linear', 'relu', 'relu6', 'elu'),
  hasBias: fc.boolean(),
  seed: fc.nat(1000),
});

const ACTIVATIONS: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  linear: (x) => x,
  relu: tf.relu,
  relu6: tf.relu6,
  elu: tf.elu,
};

describe.each(ENGINES)('on %s', (prefer) => {
  beforeAll(() => useEngine({ prefer }));

  test('tf.fused.conv2d is convolution, bias and activation one after the other', () => {
    fc.assert(
      fc.property(anyConvolution, ({ size, filter: side, channels, stride, pad, activation, hasBias, seed }) => {
        fc.pre(pad !== 'valid' || Math.min(size[1], size[2]) >= side);
        const [fused, composed] = withoutLeaks(() =>
          tf.tidy(() => {
            const x = tf.tensor4d(numbers(tf.util.sizeFromShape(size), seed), size);
            const filter = tf.tensor4d(numbers(side * side * size[3] * channels, seed + 1), [
              side,
              side,
              size[3],
              channels,
            ]);
            const bias = hasBias ? tf.tensor1d(numbers(channels, seed + 2)) : undefined;
            const one = tf.fused.conv2d({
              ...{ x, filter, bias, strides: stride, pad },
              activation: activation as 'linear',
            });
            const plain = tf.conv2d(x, filter, stride, pad);
            return [one, ACTIVATIONS[activation](bias ? tf.add(plain, bias) : plain)].map((y) => y.dataSync());
          }),
        );
        expect(deviation(fused, composed)).toBeLessThan(1e-5);
      }),
    );
  });

  test('its gradients are those of the convolution and the sum', () => {
    const [x, filter, bias] = [numbers(2 * 6 * 5 * 3, 1), numbers(3 * 3 * 3 * 4, 2), numbers(4, 3)];
    const inputs = () => [tf.tensor(x, [2, 6, 5, 3]), tf.tensor(filter, [3, 3, 3, 4]), tf.tensor(bias, [4])];
    const fused = (...[a, b, c]: tf.Tensor[]) =>
      tf.fused.conv2d({ x: a as tf.Tensor4D, filter: b as tf.Tensor4D, bias: c, strides: 2, pad: 'same' });
    const composed = (...[a, b, c]: tf.Tensor[]) => tf.add(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same'), c);
    const [actual, expected] = [fused, composed].map((op) =>
      withoutLeaks(() =>
        tf.tidy(() =>
          tf
            .grads((...tensors) => tf.sum(tf.square(op(...tensors))))(inputs())
            .map((g) => g.dataSync()),
        ),
      ),
    );
    actual.forEach((gradient, i) => expect(deviation(gradient, expected[i])).toBeLessThan(1e-5));
  });
});
