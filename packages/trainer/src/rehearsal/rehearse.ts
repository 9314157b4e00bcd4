import type { LayersModel } from '@tensorflow/tfjs-layers';
import { freeze, unfreeze } from '@pose/pose-models';
import type { Phase } from '../phase';

/** Does something to a model as it is trained in a phase, and gives it its weights back, batch normalisation's statistics included. */
export async function rehearse<T>(model: LayersModel, { frozen }: Phase, action: () => Promise<T>): Promise<T> {
  const before = model.getWeights().map((weight) => weight.clone());
  if (frozen) freeze(model, frozen);
  try {
    return await action();
  } finally {
    if (frozen) unfreeze(model, frozen);
    model.setWeights(before);
    for (const weight of before) weight.dispose();
  }
}
