import type * as tfl from '@tensorflow/tfjs-layers';

/** Where a network differs from the published PyTorch module without a difference in what it computes. */
export interface TorchDifferences {
  /** Entries of the state_dict that the published forward pass never uses, and that have no weight here. Shapes are PyTorch's. */
  unusedEntries: { key: string; shape: number[] }[];
  /** Names of layers that the published forward pass evaluates twice on the same input; here once. */
  evaluatedTwice: string[];
}

const KEY = 'torch';

/** Keeps them with the model, in memory and in what `model.save` writes. */
export function setTorchDifferences(model: tfl.LayersModel, differences: Partial<TorchDifferences>): void {
  model.setUserDefinedMetadata({ ...model.getUserDefinedMetadata(), [KEY]: differences });
}

/** Those that `createModel` kept with the model; none for other models. */
export function torchDifferences(model: tfl.LayersModel): TorchDifferences {
  const metadata = model.getUserDefinedMetadata() as Record<string, Partial<TorchDifferences>> | undefined;
  return { unusedEntries: [], evaluatedTwice: [], ...metadata?.[KEY] };
}
