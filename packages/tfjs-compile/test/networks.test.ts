import { createModel } from '@pose/pose-models';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { freezeVariables, optimize, trace, type TensorFunction } from '../src';
import { kernelsOf } from './support/check-pass';
import { expectEqual } from './support/compare';
import { repeatTolerance, testEngine } from './support/engine';
import { interpret } from './support/interpret';
import { Random } from './support/random';
import { eagerOutcome, outcomeOf } from './support/run-program';

const LEARNING_RATE = 0.01;
const random = new Random(3);

/** One step of gradient descent on the mean squared error; batch normalisation updates its running statistics, too. */
function trainingStep(network: LayersModel): TensorFunction {
  return ({ images, targets }) => {
    const loss = () =>
      tf.mean<tf.Scalar>(tf.squaredDifference(network.apply(images, { training: true }) as tf.Tensor, targets));
    const { value, grads } = tf.variableGrads(loss);
    const { registeredVariables } = tf.engine().state;
    for (const [name, gradient] of Object.entries(grads)) {
      const variable = registeredVariables[name];
      variable.assign(tf.sub(variable, tf.mul(gradient, LEARNING_RATE)));
    }
    return { loss: value };
  };
}

function batchFor(network: LayersModel): tf.NamedTensorMap {
  const [images, targets] = [network.inputs[0], network.outputs[0]].map(({ shape }) => {
    const batch = [2, ...(shape.slice(1) as number[])];
    return tf.tensor(random.floats(tf.util.sizeFromShape(batch)), batch);
  });
  return { images, targets };
}

const variablesOf = (network: LayersModel): tf.Variable[] =>
  network.weights.map((weight) => weight.read() as tf.Variable);

beforeAll(testEngine);
afterEach(() => tf.disposeVariables());

test('a training step of pose_resnet18, traced and optimized', async () => {
  const network = createModel('pose_resnet18', { inputSize: [32, 64], keypoints: 3, width: 8, seed: 1 });
  const inputs = batchFor(network);
  const fn = trainingStep(network);
  const variables = variablesOf(network);
  const traced = trace(fn, inputs);
  const graph = optimize(traced);
  expect(graph.variables.filter(({ after }) => after)).toHaveLength(variables.length);
  expect(graph.operations.length).toBeLessThan(traced.operations.length);
  const program = { fn, inputs, variables, dispose: () => tf.dispose(inputs) };
  const expected = await eagerOutcome(program);
  expectEqual(await outcomeOf(variables, () => interpret(traced, inputs)), expected, repeatTolerance());
  expectEqual(await outcomeOf(variables, () => interpret(graph, inputs)), expected, 1e-5);
});

test('the forward pass of pose_resnet18 becomes fused convolutions', async () => {
  const network = createModel('pose_resnet18', { inputSize: [32, 64], keypoints: 3, width: 8, seed: 1 });
  const fn: TensorFunction = ({ images }) => ({ heatmaps: network.predict(images) as tf.Tensor });
  const inputs = { images: batchFor(network)['images'] };
  const traced = trace(fn, inputs);
  const graph = optimize(freezeVariables(traced));
  const kernels = kernelsOf(graph);
  expect(kernels).toContain('FusedConv2D');
  expect(kernels).not.toContain('Conv2D');
  expectEqual(interpret(graph, inputs), interpret(traced, inputs), 1e-5);
});
