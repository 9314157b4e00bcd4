import type { ModelOptions } from '../../src';

/** A folder that the browser is given: model.json, its weights, and input.bin, float32 [N, H, W, 3]. */
export interface BrowserCase {
  /** Of the model, and of the folder. */
  name: string;
  options: ModelOptions;
  inputShape: [number, number, number, number];
  /** PyTorch's weights in the folder, which are those of model.json. Without them, the seed of `options` made those. */
  checkpoint?: string;
}

/** Values of each output. */
export interface BrowserOutputs {
  /** Of the saved model, loaded by plain TensorFlow.js. */
  loaded: number[][];
  /** Of a model that createModel made in the browser. */
  made?: number[][];
}
