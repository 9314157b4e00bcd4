import { createPredictor } from '../create-predictor';
import { predictorOptions } from '../description/predictor-options';
import type { ModelDescription } from '../description/model-description';
import type { BottomUpOptions, TopDownOptions } from '../options';
import type { Predictor } from '../predictor';
import { PredictorError } from '../predictor-error';
import { loadModel, type PublishedModel } from './load-model';

type Own = 'kind' | 'model' | 'network' | keyof PublishedModel;

/** How to predict, other than the checkpoint says; for a file of published weights also what it does not say. */
export interface LoadPredictorOptions
  extends Partial<Omit<TopDownOptions, Own>>, Partial<Omit<BottomUpOptions, Own>>, Partial<PublishedModel> {}

export interface LoadedPredictor extends Predictor {
  readonly description: ModelDescription;
}

/**
 * A predictor from a checkpoint folder of ours, which says how its network is read, or from a file of published weights.
 *
 * @param path  folder, such as <run>/checkpoints/best, or a file of PyTorch: .pth, .pt, .pth.tar or .safetensors
 * @throws PredictorError, ModelError as `loadModel` and `createPredictor`
 */
export async function loadPredictor(path: string, options: LoadPredictorOptions = {}): Promise<LoadedPredictor> {
  const { model: name, inputSize, modelOptions, keypointNames, flipPairs, ...how } = options;
  const own = { inputSize, modelOptions, keypointNames, flipPairs };
  const needless = Object.entries(own).find(([, value]) => value !== undefined);
  if (name === undefined && needless) {
    throw new PredictorError(
      `${needless[0]}: is for published weights, together with model; a checkpoint knows its own.`,
    );
  }
  const published = name === undefined ? undefined : { model: name, ...own };
  const { model, description } = await loadModel(path, published);
  try {
    const given = Object.fromEntries(Object.entries(how).filter(([, value]) => value !== undefined));
    return { ...createPredictor({ ...predictorOptions(description), ...given, model }), description };
  } finally {
    model.dispose(); // the predictor has a copy
  }
}
