import type * as tfl from '@tensorflow/tfjs-layers';
import { hasFixedWeights } from '../layers/fixed-weights';
import { ModelError } from '../model-error';

/** One tensor of a PyTorch state_dict and the weight that holds it here. */
export interface TorchEntry {
  /** Key in the state_dict, `layer1.0.conv1.weight`. */
  key: string;
  /** PyTorch's shape: (out, in, kh, kw) for convolutions, (in, out, kh, kw) for transposed ones, (C, 1, kh, kw) for depthwise ones, (out, in) for linear layers, (C) for the rest. */
  shape: number[];
  /** The weight, shaped (kh, kw, in, out), (kh, kw, out, in), (kh, kw, C, 1), (in, out) or (C). */
  weight: tfl.LayerVariable;
}

/** PyTorch's parameter name for each Keras weight name, by Keras layer class. */
const TORCH_NAMES: Record<string, Record<string, string>> = {
  Conv2D: { kernel: 'weight', bias: 'bias' },
  Conv2DTranspose: { kernel: 'weight', bias: 'bias' },
  DepthwiseConv2D: { depthwise_kernel: 'weight', bias: 'bias' },
  Dense: { kernel: 'weight', bias: 'bias' },
  BatchNormalization: { gamma: 'weight', beta: 'bias', moving_mean: 'running_mean', moving_variance: 'running_var' },
};

/**
 * The state_dict of the published PyTorch model, without BatchNorm's `num_batches_tracked` counters and without
 * parameters that its forward pass never uses: these have no weight here. In the order in which the layers were made.
 *
 * @throws ModelError when a layer with weights has no counterpart
 */
export function torchEntries(model: tfl.LayersModel): TorchEntry[] {
  // model.layers is sorted by depth in the graph; ids tell the order in which the layers were made.
  const layers = model.layers.filter((layer) => !hasFixedWeights(layer)).sort((a, b) => a.id - b.id);
  return layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const weightName = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
      const torchName = TORCH_NAMES[layer.getClassName()]?.[weightName];
      if (torchName === undefined) {
        throw new ModelError(
          `Expected a layer that PyTorch has, found weight ${weight.originalName} of a ${layer.getClassName()}`,
        );
      }
      return {
        key: `${layer.name}.${torchName}`,
        shape: torchShape(layer.getClassName(), weight.shape as number[]),
        weight,
      };
    }),
  );
}

function torchShape(className: string, shape: readonly number[]): number[] {
  if (shape.length === 2) return [shape[1], shape[0]];
  if (shape.length !== 4) return [...shape];
  const [height, width, a, b] = shape;
  return className === 'DepthwiseConv2D' ? [a, b, height, width] : [b, a, height, width];
}
