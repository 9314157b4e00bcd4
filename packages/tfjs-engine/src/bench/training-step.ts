import {
  addN,
  mean,
  squaredDifference,
  tensor4d,
  tidy,
  variableGrads,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { Model, ModelPackages } from './model-packages';
import { syntheticBatch } from './synthetic-batch';

const LEARNING_RATE = 1e-3;

/**
 * One training step over a synthetic batch: that of @pose/trainer; for a network of several outputs (intermediate
 * supervision) the sum of their mean squared errors, with the same optimizer.
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
  if (more.length === 0) return () => packages.trainStep(model, optimizer, batch, LEARNING_RATE);
  const targets = [batch, ...more].map(({ targets: [values] }, i) => ({ values, shape: [count, ...shapes[i]] }));
  return () =>
    tidy(() => {
      const variables = Object.fromEntries(
        model.trainableWeights.map((weight) => [weight.originalName, weight.read() as Variable]),
      );
      const images = tensor4d(batch.input, [count, input[0], input[1], 3]);
      const { value, grads } = variableGrads(() => {
        const outputs = model.apply(images, { training: true }) as Tensor[];
        const losses = outputs.map((output, i) =>
          mean(
            squaredDifference(
              output,
              tensor4d(targets[i].values, targets[i].shape as [number, number, number, number]),
            ),
          ),
        );
        return addN(losses) as Scalar;
      }, Object.values(variables));
      value.dataSync();
      optimizer.apply(variables, grads, LEARNING_RATE);
    });
}
