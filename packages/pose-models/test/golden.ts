import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenFolder, uniform } from '@pose/golden-cases';
import type { ModelOptions } from '../src';

/** Cases of the golden `models` format and the formula that makes their weights, inputs and targets. */

type Samples = { name: string; shape: number[]; l2: number; samples: [index: number, value: number][] };

export interface GoldenCase {
  model: string;
  config: {
    /** SimpleBaseline's. */
    num_deconv_filters?: number[];
    num_deconv_kernels?: number[];
    deconv_with_bias?: boolean;
    final_conv_kernel?: number;
    /** princeton-vl's hourglass: its width. */
    inp_dim?: number;
    /** mmpose's hourglass: widths of its levels. */
    stage_channels?: number[];
    num_stacks?: number;
  };
  g: number;
  /** [N, C, H, W] */
  input_shape: [number, number, number, number];
  params_total: number;
  buffers_total: number;
  conv_macs_per_image: number;
  formula_check: [key: string, first: number[], last: [index: number, value: number]][];
  state_dict: [key: string, shape: number[]][];
  eval64: { outputs: Samples[] };
  train: {
    loss: number;
    /** null for parameters that the forward pass never uses. */
    grads: [key: string, l2: number | null, mean: number | null, first: number[] | null][];
    bn: [name: string, runningMeanL2: number, runningVarL2: number, batches: number][];
    no_grad_params: string[];
    zero_grad_params: string[];
  };
  train64: {
    loss: number;
    grad_l2: (number | null)[];
    /** PyTorch's own; below 5e-4 but for networks that are sensitive to rounding. */
    median_rel_dev_of_float32_grad_l2: number;
    /** PyTorch with the sums of batch norm in float32. */
    channels_last_float32: { median_rel_dev_of_grad_l2: number };
  };
  trajectory64: number[];
  trajectory_rel_spread: number[];
  trajectory_optimizer: { lr: number; betas: [number, number]; eps: number; steps: number };
  trajectory_small_lr?: { lr: number; float64: number[]; rel_spread: number[] };
}

/** Every case of a registered model: of the folder `$POSE_GOLDEN/models`, or else this package's own. */
export function goldenCases(isRegistered: (name: string) => boolean): GoldenCase[] {
  const folder = goldenFolder('models', join(__dirname, 'fixtures'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldenCase)
    .filter((golden) => isRegistered(golden.model));
}

/** The options of `createModel` that the case's network has. */
export function goldenOptions({ model, config, input_shape, eval64 }: GoldenCase): ModelOptions {
  const [, , height, width] = input_shape;
  const channels = eval64.outputs.map(({ shape }) => shape[shape.length - 3]);
  const inputSize = [width, height] as const;
  if (model.startsWith('openpose')) {
    // Of each stage: part affinity fields, then heatmaps, the last of them the background's.
    const [fields, heatmaps] = channels;
    return { inputSize, keypoints: heatmaps - 1, limbs: fields / 2, stages: channels.length / 2 };
  }
  return {
    inputSize,
    keypoints: channels[0],
    deconvFilters: config.num_deconv_filters,
    width: config.inp_dim ?? config.stage_channels?.[0],
    stacks: config.num_stacks,
    deconvKernels: config.num_deconv_kernels,
    deconvBias: config.deconv_with_bias,
    finalKernel: config.final_conv_kernel,
  };
}

function fill(shape: readonly number[], value: (i: number) => number): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < values.length; i++) values[i] = value(i);
  return values;
}

export function formulaWeight(key: string, shape: readonly number[], g: number): Float32Array {
  const u = uniform(key);
  if (shape.length >= 2) {
    const scale = Math.sqrt(g / shape.slice(1).reduce((a, b) => a * b, 1));
    return fill(shape, (i) => (2 * u(i) - 1) * scale);
  }
  if (key.endsWith('.weight') || key.endsWith('running_var')) return fill(shape, (i) => 1 + 0.2 * (2 * u(i) - 1));
  return fill(shape, (i) => 0.1 * (2 * u(i) - 1));
}

export function formulaInput(shape: readonly number[]): Float32Array {
  const u = uniform('input');
  return fill(shape, (i) => 1.7 * (2 * u(i) - 1));
}

/** Heatmaps in [0, 1). */
export function formulaTarget(shape: readonly number[]): Float32Array {
  return fill(shape, uniform('target'));
}

/** Part affinity fields in [-1, 1). */
export function formulaTargetPaf(shape: readonly number[]): Float32Array {
  const u = uniform('target_paf');
  return fill(shape, (i) => 2 * u(i) - 1);
}

export function formulaTargetWeight(shape: readonly number[]): Float32Array {
  const u = uniform('target_weight');
  return fill(shape, (i) => (u(i) > 0.3 ? 1 : 0));
}
