import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { countMultiplyAdds, countParameters, createModel, listModels, setTorchWeights, torchEntries } from '../src';
import { torchDifferences } from '../src/torch/torch-differences';
import { startEngine } from './engine';
import { formulaInput, formulaWeight, goldenCases, goldenOptions } from './golden';
import { goldenLoss, nhwc, type GoldenLoss } from './golden-loss';
import { plainAdam } from './plain-adam';

const registered = new Set<string>(listModels().map(({ name }) => name));
const cases = goldenCases((name) => registered.has(name)).map((golden) => [golden.model, golden] as const);

// A step of the larger networks takes many seconds on wasm.
jest.setTimeout(600_000);

beforeAll(async () => {
  await startEngine();
});

test('there is at least one golden case', () => {
  expect(cases.length).toBeGreaterThan(0);
});

describe.each(cases)('%s as the published PyTorch implementation', (_, golden) => {
  let model: tfl.LayersModel;
  let image: tf.Tensor4D;
  let loss: GoldenLoss;
  const weights = new Map<string, Float32Array>();
  // Of loss and running statistics: TensorFlow adds up batch norm's sums in float32, which shows as much as the file's own runs say.
  const sums = Math.max(1e-5, 4 * golden.trajectory_rel_spread[0]);

  const setFormulaWeights = () => setTorchWeights(model, (key) => weights.get(key) as Float32Array);
  const outputs = (training: boolean) => [model.apply(image, { training })].flat() as tf.Tensor4D[];
  const trainLoss = (): tf.Scalar => loss(outputs(true));

  beforeAll(() => {
    model = createModel(golden.model, { ...goldenOptions(golden), seed: null });
    for (const { key, shape } of torchEntries(model)) weights.set(key, formulaWeight(key, shape, golden.g));
    setFormulaWeights();
    image = nhwc(formulaInput(golden.input_shape), golden.input_shape);
    loss = goldenLoss(golden);
  });
  afterAll(() => {
    model.dispose();
    tf.dispose(image);
  });

  test('state_dict keys and shapes; parameters and multiply-adds', () => {
    const { unusedEntries } = torchDifferences(model);
    const counters = golden.state_dict.filter(([, shape]) => shape.length === 0).length;
    const entries = [...torchEntries(model), ...unusedEntries].map(({ key, shape }) => [key, shape]);
    expect(entries.sort(byKey)).toEqual(golden.state_dict.filter(([, shape]) => shape.length > 0).sort(byKey));
    expect(countParameters(model)).toMatchObject({
      total: golden.params_total + golden.buffers_total - counters,
      trainable: golden.params_total,
    });
    expect(countMultiplyAdds(model)).toBe(golden.conv_macs_per_image);
  });

  test("the formula gives the file's own check values", () => {
    for (const [key, first, [lastIndex, last]] of golden.formula_check) {
      const shape = golden.state_dict.find(([name]) => name === key)?.[1];
      const values = shape ? formulaWeight(key, shape, golden.g) : formulaInput(golden.input_shape);
      expect(values).toHaveLength(lastIndex + 1);
      [...first, last].forEach((expected, i) =>
        expect(values[i < first.length ? i : lastIndex]).toBeCloseTo(expected, 7),
      );
    }
  });

  test('eval mode: outputs', () => {
    const tensors = tf.memory().numTensors;
    const found = tf.tidy(() => {
      const nchw = outputs(false).map((output) => tf.transpose(output, [0, 3, 1, 2]));
      // A stacked hourglass: one output with an axis for the stacks.
      const stacked = golden.eval64.outputs[0].shape.length === 5 ? [tf.stack(nchw, 1)] : nchw;
      return stacked.map((output) => ({ shape: output.shape, values: output.dataSync() }));
    });
    expect(found.map(({ shape }) => shape)).toEqual(golden.eval64.outputs.map(({ shape }) => shape));
    golden.eval64.outputs.forEach((expected, i) => {
      const difference = expected.samples.map(([index, value]) => found[i].values[index] - value);
      expect(l2(difference) / l2(expected.samples.map(([, value]) => value))).toBeLessThan(1e-5);
      expect(l2(found[i].values) / expected.l2).toBeCloseTo(1, 5);
    });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('train mode: loss, gradients and running statistics after one forward pass', async () => {
    const tensors = tf.memory().numTensors;
    const { value, grads } = tf.variableGrads(trainLoss);
    expect(Math.abs((await value.data())[0] / golden.train64.loss - 1)).toBeLessThan(sums);

    const variables = new Map(torchEntries(model).map(({ key, weight }) => [key, weight]));
    expect(golden.train.no_grad_params.filter((key) => variables.has(key))).toEqual([]);
    // Parameters that the forward pass never uses have null for a gradient.
    const expected = golden.train.grads
      .map(([key], i) => ({ key, norm: golden.train64.grad_l2[i] }))
      .filter((each): each is { key: string; norm: number } => each.norm !== null);
    expect(expected).toHaveLength(Object.keys(grads).length);
    const isZero = new Set(golden.train.zero_grad_params);
    const typical = median(expected.filter(({ key }) => !isZero.has(key)).map(({ norm }) => norm));
    const deviations: number[] = [];
    for (const { key, norm } of expected) {
      const found = l2(grads[(variables.get(key) as tfl.LayerVariable).name].dataSync());
      if (isZero.has(key)) expect(found).toBeLessThan(1e-3 * typical);
      else deviations.push(Math.abs(found / norm - 1));
    }
    const { median_rel_dev_of_float32_grad_l2: own, channels_last_float32: floatSums } = golden.train64;
    expect(median(deviations)).toBeLessThan(Math.max(1e-3, 2 * own, 2 * floatSums.median_rel_dev_of_grad_l2));
    expect(Math.max(...deviations)).toBeLessThan(0.1);

    let worst = 0;
    for (const [name, meanL2, varianceL2] of golden.train.bn) {
      for (const [key, expected] of [
        [`${name}.running_mean`, meanL2],
        [`${name}.running_var`, varianceL2],
      ] as const) {
        const weight = variables.get(key);
        if (weight) worst = Math.max(worst, Math.abs(l2(weight.read().dataSync()) / expected - 1));
        else expect(torchDifferences(model).unusedEntries.map((entry) => entry.key)).toContain(key);
      }
    }
    expect(worst).toBeLessThan(sums);
    tf.dispose([value, grads]);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  const { lr, betas, eps } = golden.trajectory_optimizer;
  const trajectories = [{ lr, expected: golden.trajectory64, spread: golden.trajectory_rel_spread }];
  const small = golden.trajectory_small_lr;
  // Two steps: what the first update does. More of them take minutes in the larger networks.
  if (small) trajectories.push({ lr: small.lr, expected: small.float64.slice(0, 2), spread: small.rel_spread });

  test.each(trajectories)('loss over the first Adam steps at a learning rate of $lr', ({ lr, expected, spread }) => {
    setFormulaWeights();
    const tensors = tf.memory().numTensors;
    const takeStep = plainAdam({ lr, betas, eps });
    expected.forEach((wanted, step) => {
      const deviation = Math.abs(takeStep(trainLoss) / wanted - 1);
      // A listed spread is that of three runs, at some steps small by luck: those of the steps beside it count as well.
      expect(deviation).toBeLessThan(step === 0 ? sums : 4 * Math.max(...spread.slice(step - 1, step + 2)));
    });
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

function byKey([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function l2(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return Math.sqrt(sum);
}
