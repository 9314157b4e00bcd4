import { util } from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { writeSafetensors } from '../checkpoint/write-safetensors';
import { torchDifferences } from './torch-differences';
import { torchEntries } from './torch-entries';
import { getTorchWeights } from './torch-weights';

/**
 * The model's weights as a safetensors file with PyTorch's names and layouts: what `safetensors.torch.load_file` reads
 * and `load_state_dict` of the published module takes, strictly. Parameters that it never uses are zero. BatchNorm's
 * `num_batches_tracked` counters are left out; load_state_dict does without.
 *
 * @throws ModelError when a layer with weights has no counterpart in PyTorch
 */
export async function saveTorchWeights(model: tfl.LayersModel): Promise<Uint8Array> {
  const values = await getTorchWeights(model);
  const tensors = new Map(
    torchEntries(model).map(({ key, shape }) => [key, { shape, values: values.get(key) as Float32Array }]),
  );
  for (const { key, shape } of torchDifferences(model).unusedEntries) {
    tensors.set(key, { shape, values: new Float32Array(util.sizeFromShape(shape)) });
  }
  return writeSafetensors(tensors, { format: 'pt' });
}
