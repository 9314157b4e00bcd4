import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@pose/tfjs-engine';
import { openTensorFlow, type Graph, type Operation, type Value } from '../../src/index';
import { deviation } from '../support/deviation';
import { describeOnNative } from '../support/native';

const epsilon = 1e-3;
const value = (...shape: number[]): Value => ({ shape, dtype: 'float32' });
const graphOf = (inputs: Record<string, Value>, operations: Operation[], outputs: Record<string, Value>): Graph => ({
  inputs: new Map(Object.entries(inputs)),
  variables: [],
  constants: new Map(),
  operations,
  outputs: new Map(Object.entries(outputs)),
});

/** Batch norm of an image [2, 3, 4, 5] as the other engines' kernels are called, and its gradients by the formulas. */
describeOnNative('batch norm traced on another engine', () => {
  beforeAll(() => useEngine({ prefer: 'native' }));

  const [x, dy] = [value(2, 3, 4, 5), value(2, 3, 4, 5)];
  const [scale, offset, mean, variance, dScale, dOffset] = Array.from({ length: 6 }, () => value(5));
  const [y, dx] = [value(2, 3, 4, 5), value(2, 3, 4, 5)];
  const forward: Operation = {
    ...{ kernel: 'BatchNormTrain', inputs: { x, scale, offset }, attributes: { epsilon } },
    outputs: [y, mean, variance],
  };
  const backward: Operation = {
    ...{ kernel: 'BatchNormTrainGrad', inputs: { dy, x, scale, mean, variance }, attributes: { epsilon } },
    outputs: [dx, dScale, dOffset],
  };
  const outputs = { dx, dScale, dOffset };

  const tensors = () => ({
    x: tf.randomNormal([2, 3, 4, 5], 1, 2, 'float32', 1),
    dy: tf.randomNormal([2, 3, 4, 5], 0, 1, 'float32', 2),
    scale: tf.randomNormal([5], 0, 1, 'float32', 3),
    offset: tf.randomNormal([5], 0, 1, 'float32', 4),
  });

  function byFormula({ x, dy, scale, offset }: ReturnType<typeof tensors>): Record<string, tf.Tensor> {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const normalize = (...[x, scale, offset]: tf.Tensor[]) => {
      const moments = tf.moments(x, [0, 1, 2]);
      return tf.add(tf.mul(tf.div(tf.sub(x, moments.mean), tf.sqrt(tf.add(moments.variance, epsilon))), scale), offset);
    };
    const [dx, dScale, dOffset] = tf.grads(normalize)([x, scale, offset], dy);
    return { y: normalize(x, scale, offset), mean, variance, dx, dScale, dOffset };
  }

  async function expectFormula(graph: Graph, inputs: tf.NamedTensorMap, expected: tf.NamedTensorMap): Promise<void> {
    const executable = await openTensorFlow(graph);
    const actual = await executable.run(inputs);
    for (const name of graph.outputs.keys())
      expect(deviation(actual[name].dataSync(), expected[name].dataSync())).toBeLessThan(2e-5);
    await executable.dispose();
  }

  test('its variance is the biased one, and the gradient finds what the batch norm kept', async () => {
    const inputs = tensors();
    const graph = graphOf({ x, dy, scale, offset }, [forward, backward], { y, mean, variance, ...outputs });
    await expectFormula(graph, inputs, byFormula(inputs));
  });

  test('the gradient on moments that no batch norm gave', async () => {
    const inputs = tensors();
    const expected = byFormula(inputs);
    const graph = graphOf({ x, dy, scale, mean, variance }, [backward], outputs);
    const { x: images, dy: gradient, scale: factors } = inputs;
    const given = { x: images, dy: gradient, scale: factors, mean: expected.mean, variance: expected.variance };
    await expectFormula(graph, given, expected);
  });
});
