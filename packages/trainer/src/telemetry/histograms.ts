import type { LayersModel } from '@tensorflow/tfjs-layers';
import { trainableVariables } from '../train-step';

/**
 * The values of a model's trainable weights, one variable after the other, in the order of its layers; read from the
 * engine as they are asked for.
 *
 * @returns pairs of the name that a saved model gives the variable, and its values, flat
 */
export async function* weightValues(model: LayersModel): AsyncGenerator<[name: string, values: Float32Array]> {
  for (const [name, variable] of Object.entries(trainableVariables(model))) {
    yield [name, (await variable.data()) as Float32Array];
  }
}
