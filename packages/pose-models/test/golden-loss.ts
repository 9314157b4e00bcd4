import * as tf from '@tensorflow/tfjs-core';
import { formulaTarget, formulaTargetPaf, formulaTargetWeight, type GoldenCase } from './golden';

/** The loss of the case's published implementation from the model's outputs, [N, H, W, C] each; its targets stay in memory. */
export type GoldenLoss = (outputs: tf.Tensor4D[]) => tf.Scalar;

// Means are taken in two sums, because wasm adds up float32 one by one.

/** SPEC.md, sections 4, 9 and 10. */
export function goldenLoss({ model, eval64, input_shape: [batch] }: GoldenCase): GoldenLoss {
  if (/^hourglass_\d+stack/.test(model)) {
    // HeatmapLoss: squared error averaged over channels and pixels, then over batch and stacks.
    const [, , ...heatmap] = eval64.outputs[0].shape;
    const target = nhwc(formulaTarget([batch, ...heatmap]), [batch, ...heatmap]);
    return (outputs) => tf.mean(tf.stack(outputs.map((output) => meanSquare(tf.sub(output, target))))) as tf.Scalar;
  }
  if (model.startsWith('openpose')) {
    const targets = eval64.outputs.slice(0, 2).map(({ shape }, i) => nhwc((i === 0 ? formulaTargetPaf : formulaTarget)(shape), shape)); // prettier-ignore
    return (outputs) => tf.addN(outputs.map((output, i) => meanSquare(tf.sub(output, targets[i % 2])))) as tf.Scalar;
  }
  // JointsMSELoss with target weights; mmpose adds up those of its stacks (cpm_head.py).
  const { shape } = eval64.outputs[0];
  const target = nhwc(formulaTarget(shape), shape);
  const weight = tf.tensor4d(formulaTargetWeight(shape.slice(0, 2)), [shape[0], 1, 1, shape[1]]);
  const joints = (heatmaps: tf.Tensor4D) => tf.mul(0.5, meanSquare(tf.mul(tf.sub(heatmaps, target), weight)));
  return (outputs) => tf.addN(outputs.map(joints)) as tf.Scalar;
}

function meanSquare(difference: tf.Tensor): tf.Scalar {
  return tf.mean(tf.mean(tf.square(difference), [1, 2]));
}

export function nhwc(values: Float32Array, shape: readonly number[]): tf.Tensor4D {
  return tf.tidy(() => tf.transpose(tf.tensor4d(values, shape as [number, number, number, number]), [0, 2, 3, 1]));
}
