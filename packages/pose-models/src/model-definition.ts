import type * as tfl from '@tensorflow/tfjs-layers';
import type { InitializedLayer, WeightSpread } from './initialization/initialization';
import { ModelError } from './model-error';

/** What every model can be asked for. */
export interface CommonOptions {
  /** Network input [width, height], pixels. */
  inputSize: readonly [number, number];
  /** Keypoints to predict. */
  keypoints: number;
}

/** A network of the registry: how it is built, what fresh weights are drawn from, where it comes from. */
export interface ModelDefinition<Options extends CommonOptions = CommonOptions> {
  /** Of the published implementation: repository and file. */
  source: string;
  /** Of every option that the model has. */
  defaults: Options;
  /**
   * @returns a model called `name` whose kernels are zero
   * @throws ModelError when the options do not fit
   */
  build(options: Options, name: string): tfl.LayersModel;
  /** What a layer's fresh weights are drawn from; an `Initialization` where the options do not matter. */
  initialization(layer: InitializedLayer, options: Options): WeightSpread;
}

/** @throws ModelError when a side is not a positive multiple of `multiple`, or the keypoints are not a positive count */
export function checkCommonOptions({ inputSize, keypoints }: CommonOptions, multiple: number): void {
  if (inputSize.length !== 2 || !inputSize.every((side) => isCount(side) && side % multiple === 0)) {
    throw new ModelError(
      `Expected inputSize [width, height] of positive multiples of ${multiple}, found [${inputSize.join(', ')}]`,
    );
  }
  checkCount('keypoints', keypoints);
}

/** @throws ModelError when the option is not a positive integer */
export function checkCount(name: string, value: number): void {
  if (!isCount(value)) throw new ModelError(`Expected a positive integer for ${name}, found ${value}`);
}

export function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
