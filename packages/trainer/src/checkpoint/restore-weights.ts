import { dispose, io, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelDescription } from '@pose/predictor';
import { TrainerError } from '../trainer-error';
import type { StoredCheckpoint } from './load-checkpoint';

/**
 * Copies the checkpoint's weights into a model of the same architecture; all of them, or none when it throws.
 *
 * @throws TrainerError when the model has another input size, or naming the first weight that is missing or has another shape
 */
export function restoreWeights(model: LayersModel, { folder, description, artifacts }: StoredCheckpoint): void {
  const [width, height] = description.options.inputSize;
  const [, modelHeight, modelWidth] = model.inputs[0].shape;
  if (modelHeight !== height || modelWidth !== width) {
    throw new TrainerError(
      `${folder} is a checkpoint of another model: expected input ${modelHeight}x${modelWidth} (height x width), ` +
        `found ${height}x${width}.`,
    );
  }
  const stored = io.decodeWeights(artifacts.weightData as ArrayBuffer, artifacts.weightSpecs ?? []);
  try {
    const values: Tensor[] = model.weights.map((weight) => {
      const value = stored[weight.originalName];
      if (!value || value.shape.join() !== weight.shape.join()) {
        throw new TrainerError(
          `${folder} is a checkpoint of another model: expected weight '${weight.originalName}' of shape ` +
            `[${weight.shape.join(', ')}], found ${value ? `shape [${value.shape.join(', ')}]` : 'none'}.`,
        );
      }
      return value;
    });
    model.setWeights(values);
  } finally {
    dispose(stored);
  }
}

/**
 * Whether a checkpoint is one of this model, by what was asked for rather than by shapes: 17 other keypoints have the
 * same shapes.
 *
 * @throws TrainerError that shows both descriptions
 */
export function requireSameModel({ folder, description }: StoredCheckpoint, wanted: ModelDescription): void {
  const [found, expected] = [description, wanted].map(({ name, options, keypointNames }) => {
    const all = Object.entries(options).filter(([option]) => option !== 'seed'); // of the initial weights
    return JSON.stringify({ name, ...Object.fromEntries(all.sort()), keypointNames });
  });
  if (found !== expected) {
    throw new TrainerError(`${folder} is a checkpoint of another model.\n  expected ${expected}\n  found    ${found}`);
  }
}
