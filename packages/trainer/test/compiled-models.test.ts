import * as tf from '@tensorflow/tfjs-core';
import type { ModelName } from '@pose/pose-models';
import { Sgd, train } from '../src';
import type { CompileMode } from '../src/gradients/compile-mode';
import { constantRate } from '../src/schedule/constant-rate';
import { computeGradients } from '../src/train-step';
import { testEngine } from './engine';
import { descriptionOf, NO_EVALUATION, noiseBatch, objectiveOf, repeated, slimRegistryModel } from './slim-models';
import { temporaryFolder } from './temporary-folder';

const file = temporaryFolder();
beforeAll(testEngine);

const compile: CompileMode = process.env.POSE_ENGINE === 'native' ? 'tensorflow' : 'onnx';
const STEPS = 20;

/** One of each kind of network; the others of the registry are the same blocks, more of them or wider. */
const KINDS: readonly ModelName[] = [
  'pose_resnet18',
  'pose_resnet50',
  'pose_resnet50_caffe',
  'simple_pose_resnet50_v1d',
  'deeplab_resnet18',
  'stn_deeplab_resnet18',
  'pose_hrnet_w32',
  'litehrnet_18',
  'hourglass_2stack',
  'pose_hourglass_52',
  'openpose_vgg19',
];

/** What the loss falls by, relative to itself, in these steps of a small and therefore predictable rate. */
const FALL = 1e-3;

/** A step of gradient descent lowers the loss by about rate * |gradient|^2. */
function gentleRate(name: ModelName): number {
  const model = slimRegistryModel(name);
  const { loss, gradients } = computeGradients(model, objectiveOf(name), noiseBatch(model));
  const squared = tf.tidy(() => tf.addN(Object.values(gradients).map((g) => tf.sum(tf.square(g)))).dataSync()[0]);
  tf.dispose(gradients);
  model.dispose();
  return (FALL * loss) / (STEPS * squared);
}

/** Trains on one batch again and again. @returns losses, how far the first step moved each weight, and what was said */
async function trainOn(name: ModelName, rate: number, mode: CompileMode) {
  const model = slimRegistryModel(name);
  const weights = () => model.trainableWeights.flatMap((weight) => Array.from(weight.read().dataSync()));
  const before = weights();
  let moved: number[] = [];
  const losses: number[] = [];
  const onStep = ({ step, loss }: { step: number; loss: number }) => {
    losses.push(loss);
    if (step === 1) moved = weights().map((value, i) => value - before[i]);
  };
  const lines: string[] = [];
  const quiet = () => undefined;
  await train({
    model,
    description: descriptionOf(name, model),
    task: { ...objectiveOf(name), data: repeated(noiseBatch(model), STEPS), evaluator: NO_EVALUATION },
    phases: [{ epochs: 1, optimizer: () => new Sgd(), schedule: () => constantRate(rate) }],
    out: file(`${name}-${mode}`),
    compile: mode,
    config: {},
    hooks: [{ onStep }],
    reporter: { start: quiet, advance: quiet, stop: quiet, line: (text) => lines.push(text) },
  });
  model.dispose();
  return { losses, moved, said: lines.join('\n') };
}

const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test.each(KINDS)(
  '%s: twenty compiled steps are those of one op by op',
  async (name) => {
    const rate = gentleRate(name);
    const opByOp = await trainOn(name, rate, 'off');
    const compiled = await trainOn(name, rate, compile);
    expect(compiled.said).not.toContain('op by op');
    expect(opByOp.losses).toHaveLength(STEPS);
    const differences = compiled.losses.map((loss, i) => Math.abs(loss / opByOp.losses[i] - 1));
    const fall = 1 - opByOp.losses[STEPS - 1] / opByOp.losses[0];
    const apart = norm(compiled.moved.map((value, i) => value - opByOp.moved[i])) / norm(opByOp.moved);
    expect(fall).toBeGreaterThan(0);
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    // Of two sums in different order, a ReLU's mask may differ where it is given almost 0, and all gradients below with it.
    expect(apart).toBeLessThan(0.1);
  },
  400_000,
);
