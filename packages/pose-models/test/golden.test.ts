import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, countParameters, createModel, listModels, setTorchWeights, torchEntries } from '../src';
import { startEngine } from './engine';
import { formulaInput, formulaTarget, formulaTargetWeight, formulaWeight, goldenCases } from './golden';

const cases = goldenCases(listModels().map(({ name }) => name)).map((golden) => [golden.model, golden] as const);

beforeAll(async () => {
  await startEngine();
});

test('there is at least one golden case', () => {
  expect(cases.length).toBeGreaterThan(0);
});

describe.each(cases)('%s as the published PyTorch implementation', (_, golden) => {
  const [batch, , height, width] = golden.input_shape;
  const keypoints = golden.config.num_joints;
  let model: tfl.LayersModel;
  let image: tf.Tensor4D;
  let target: tf.Tensor4D;
  let targetWeight: tf.Tensor4D;
  const weights = new Map<string, Float32Array>();

  beforeAll(() => {
    model = createModel(golden.model, {
      inputSize: [width, height],
      keypoints,
      deconvFilters: golden.config.num_deconv_filters,
      seed: null,
    });
    for (const { key, shape } of torchEntries(model)) weights.set(key, formulaWeight(key, shape, golden.g));
    setTorchWeights(model, (key) => weights.get(key) as Float32Array);
    const outputShape = golden.eval64.outputs[0].shape;
    image = nhwc(formulaInput(golden.input_shape), golden.input_shape);
    target = nhwc(formulaTarget(outputShape), outputShape);
    targetWeight = tf.tensor4d(formulaTargetWeight([batch, keypoints]), [batch, 1, 1, keypoints]);
  });
  afterAll(() => {
    model.dispose();
    tf.dispose([image, target, targetWeight]);
  });

  /** JointsMSELoss with target weights (SPEC.md, section 4); in two sums, because wasm adds up float32 one by one. */
  const trainLoss = (): tf.Scalar => {
    const heatmaps = model.apply(image, { training: true }) as tf.Tensor4D;
    const squares = tf.square(tf.mul(tf.sub(heatmaps, target), targetWeight));
    return tf.mul(0.5, tf.mean(tf.mean(squares, [1, 2])));
  };

  test('state_dict keys, shapes and order; parameters and multiply-adds', () => {
    const counters = golden.state_dict.filter(([, shape]) => shape.length === 0).length;
    expect(torchEntries(model).map(({ key, shape }) => [key, shape])).toEqual(
      golden.state_dict.filter(([, shape]) => shape.length > 0),
    );
    expect(countParameters(model)).toEqual({
      total: golden.params_total + golden.buffers_total - counters,
      trainable: golden.params_total,
    });
    expect(countMultiplyAdds(model)).toBe(golden.conv_macs_per_image);
  });

  test("the formula gives the file's own check values", () => {
    for (const [key, first, [lastIndex, last]] of golden.formula_check) {
      const values = key === 'input' ? formulaInput(golden.input_shape) : (weights.get(key) as Float32Array);
      expect(values).toHaveLength(lastIndex + 1);
      [...first, last].forEach((expected, i) =>
        expect(values[i < first.length ? i : lastIndex]).toBeCloseTo(expected, 7),
      );
    }
  });

  test('eval mode: heatmaps', async () => {
    const before = tf.memory().numTensors;
    const heatmaps = tf.tidy(() => tf.transpose(model.apply(image) as tf.Tensor4D, [0, 3, 1, 2]));
    const [expected] = golden.eval64.outputs;
    expect(heatmaps.shape).toEqual(expected.shape);
    const values = await heatmaps.data();
    heatmaps.dispose();
    const difference = expected.samples.map(([index, value]) => values[index] - value);
    expect(l2(difference) / l2(expected.samples.map(([, value]) => value))).toBeLessThan(1e-5);
    expect(l2(values) / expected.l2).toBeCloseTo(1, 5);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('train mode: loss, gradients and running statistics after one forward pass', async () => {
    const before = tf.memory().numTensors;
    const { value, grads } = tf.variableGrads(trainLoss);
    const loss = (await value.data())[0];
    expect(Math.abs(loss / golden.train64.loss - 1)).toBeLessThan(1e-5);

    const variables = new Map(torchEntries(model).map(({ key, weight }) => [key, weight]));
    const deviations: number[] = [];
    for (const [i, [key]] of golden.train.grads.entries()) {
      if (golden.train.zero_grad_params.includes(key)) continue;
      const gradient = await grads[(variables.get(key) as tfl.LayerVariable).name].data();
      deviations.push(Math.abs(l2(gradient) / golden.train64.grad_l2[i] - 1));
    }
    expect(deviations).toHaveLength(Object.keys(grads).length - golden.train.zero_grad_params.length);
    deviations.sort((a, b) => a - b);
    expect(deviations[deviations.length >> 1]).toBeLessThan(1e-3);
    expect(deviations[deviations.length - 1]).toBeLessThan(0.1);

    let worst = 0;
    for (const [name, meanL2, varianceL2] of golden.train.bn) {
      for (const [key, expected] of [
        [`${name}.running_mean`, meanL2],
        [`${name}.running_var`, varianceL2],
      ] as const) {
        const values = await (variables.get(key) as tfl.LayerVariable).read().data();
        worst = Math.max(worst, Math.abs(l2(values) / expected - 1));
      }
    }
    expect(worst).toBeLessThan(1e-5);
    tf.dispose([value, grads]);
    expect(tf.memory().numTensors).toBe(before);
  });

  // The test before left the parameters alone, and the running statistics have no part in training.
  test('loss over the first Adam steps', async () => {
    const { lr, betas, eps, steps } = golden.trajectory_optimizer;
    const adam = tf.train.adam(lr, betas[0], betas[1], eps);
    let settled = 0;
    for (let step = 0; step < steps; step++) {
      const cost = adam.minimize(trainLoss, true) as tf.Scalar;
      const loss = (await cost.data())[0];
      cost.dispose();
      if (step === 0) settled = tf.memory().numTensors;
      const deviation = Math.abs(loss / golden.trajectory64[step] - 1);
      expect(deviation).toBeLessThan(step === 0 ? 1e-5 : 4 * golden.trajectory_rel_spread[step]);
    }
    expect(tf.memory().numTensors).toBe(settled);
    adam.dispose();
  });
});

function nhwc(values: Float32Array, shape: readonly number[]): tf.Tensor4D {
  return tf.tidy(() => tf.transpose(tf.tensor4d(values, shape as [number, number, number, number]), [0, 2, 3, 1]));
}

function l2(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return Math.sqrt(sum);
}
