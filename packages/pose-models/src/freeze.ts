import type * as tfl from '@tensorflow/tfjs-layers';
import { hasFixedWeights } from './layers/fixed-weights';
import { ModelError } from './model-error';

/**
 * Keeps the weights of layers as they are: they leave `model.trainableWeights`, and frozen batch norm normalises by its
 * running statistics in training too and does not move them.
 *
 * @param pattern  of layer names, which are PyTorch's module names: `/^layer[12]\./`, `/^model0\./`, `/\.bn\d$/`
 * @returns names of the layers with weights that match
 * @throws ModelError when no layer with weights matches
 */
export function freeze(model: tfl.LayersModel, pattern: RegExp): string[] {
  return setTrainable(model, pattern, false);
}

/** The opposite of `freeze`, with the same pattern or another. */
export function unfreeze(model: tfl.LayersModel, pattern: RegExp): string[] {
  return setTrainable(model, pattern, true);
}

function setTrainable(model: tfl.LayersModel, pattern: RegExp, trainable: boolean): string[] {
  const layers = model.layers.filter((layer) => layer.weights.length > 0 && !hasFixedWeights(layer));
  const matching = layers.filter(({ name }) => name.search(pattern) >= 0);
  if (matching.length === 0) {
    const names = layers.slice(0, 3).map(({ name }) => name);
    throw new ModelError(
      `Expected a pattern of layer names such as ${names.join(', ')}, found ${pattern}, which matches none of ${model.name}`,
    );
  }
  for (const layer of matching) layer.trainable = trainable;
  return matching.map(({ name }) => name);
}
