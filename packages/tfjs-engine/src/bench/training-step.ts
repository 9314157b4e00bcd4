import { addN, mean, squaredDifference, tensor, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Model, ModelPackages, Objective } from './model-packages';
import { syntheticBatch } from './synthetic-batch';

const LEARNING_RATE = 1e-3;

/**
 * One training step of @pose/trainer over a synthetic batch; for a network of several outputs (intermediate supervision)
 * the sum of their mean squared errors is minimised.
 *
 * @param input  [height, width], pixels
 */
export function trainingStep(
  packages: ModelPackages,
  model: Model,
  count: number,
  input: readonly number[],
): () => void {
  const optimizer = new packages.Adam();
  const shapes = model.outputs.map(({ shape }) => shape.slice(1) as number[]);
  const [batch, ...more] = shapes.map((shape) => syntheticBatch(count, input, shape));
  if (more.length === 0) {
    return () => packages.trainStep(model, packages.HEATMAP_OBJECTIVE, optimizer, batch, LEARNING_RATE);
  }
  const targets = [batch, ...more].map(({ targets: [values] }, i) => ({ values, shape: [count, ...shapes[i]] }));
  const objective: Objective<Tensor[]> = {
    targets: () => targets.map(({ values, shape }) => tensor(values, shape)),
    loss: (outputs, expected) => {
      const errors = outputs.map((output, i) => mean(squaredDifference(output, expected[i]), [1, 2, 3]));
      return { perSample: addN(errors) as Tensor1D };
    },
  };
  return () => packages.trainStep(model, objective, optimizer, batch, LEARNING_RATE);
}
