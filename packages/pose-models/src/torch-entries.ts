import type * as tfl from '@tensorflow/tfjs-layers';
import { ModelError } from './model-error';

/** One tensor of a PyTorch state_dict and the weight that holds it here. */
export interface TorchEntry {
  /** Key in the state_dict, `layer1.0.conv1.weight`. */
  key: string;
  /** PyTorch's shape: (out, in, kh, kw) for convolutions, (in, out, kh, kw) for transposed ones, (C) for the rest. */
  shape: number[];
  /** The weight, shaped (kh, kw, in, out), (kh, kw, out, in) or (C). */
  weight: tfl.LayerVariable;
}

/** PyTorch's parameter name for each Keras weight name, by Keras layer class. */
const TORCH_NAMES: Record<string, Record<string, string>> = {
  Conv2D: { kernel: 'weight', bias: 'bias' },
  Conv2DTranspose: { kernel: 'weight', bias: 'bias' },
  BatchNormalization: { gamma: 'weight', beta: 'bias', moving_mean: 'running_mean', moving_variance: 'running_var' },
};

/**
 * The state_dict of the published PyTorch model, without BatchNorm's `num_batches_tracked` counters, which have no
 * weight here. In state_dict order for models of `createModel`; a model loaded from a file has the same entries in the file's order.
 *
 * @throws ModelError when a layer with weights has no counterpart
 */
export function torchEntries(model: tfl.LayersModel): TorchEntry[] {
  // model.layers is sorted by depth in the graph; ids tell the order in which the layers were made, which is PyTorch's.
  const layers = [...model.layers].sort((a, b) => a.id - b.id);
  return layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const weightName = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
      const torchName = TORCH_NAMES[layer.getClassName()]?.[weightName];
      if (torchName === undefined) {
        throw new ModelError(
          `Expected a layer that PyTorch has, found weight ${weight.originalName} of a ${layer.getClassName()}`,
        );
      }
      const shape = weight.shape as number[];
      return {
        key: `${layer.name}.${torchName}`,
        shape: shape.length === 4 ? [shape[3], shape[2], shape[0], shape[1]] : [...shape],
        weight,
      };
    }),
  );
}
