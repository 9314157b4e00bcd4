import * as tf from '@tensorflow/tfjs';
import type { TensorFunction } from '../../src/index';

/** The loss of a network on heatmaps, and its gradients by the names of the variables. */
export function trainingFunction(
  model: tf.LayersModel,
  batch: number,
): { fn: TensorFunction; inputs: tf.NamedTensorMap } {
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const fn: TensorFunction = ({ images, targets }) => {
    const lossOf = () => {
      const heatmaps = model.apply(images, { training: true }) as tf.Tensor;
      return tf.mean(tf.squaredDifference(heatmaps, targets)) as tf.Scalar;
    };
    const { value: loss, grads } = tf.variableGrads(lossOf, variables);
    return { loss, ...grads };
  };
  const [images, targets] = [model.inputs[0], model.outputs[0]].map(({ shape }, i) =>
    tf.randomNormal([batch, ...(shape.slice(1) as number[])], 0, 1, 'float32', i + 1),
  );
  return { fn, inputs: { images, targets } };
}
