import type { LayersModel } from '@tensorflow/tfjs-layers';
import { COCO_SKELETON, OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { predictorOptions, type ModelDescription } from '@pose/predictor';
import { loadModel } from '@pose/predictor/node';
import type { Options } from './options';

export interface Network {
  model: LayersModel;
  description: ModelDescription;
  /** How its outputs are read, and whether it finds all people of an image, as OpenPose does, or the one of a crop. */
  prediction: ReturnType<typeof predictorOptions>;
}

/**
 * The network of a checkpoint, or of weights that PyTorch wrote.
 *
 * @throws PredictorError, ModelError when files are missing or damaged, or the weights are those of another network
 * @throws Error when it does not predict COCO's keypoints
 */
export async function loadNetwork({ checkpoint, weights, network, input, options }: Options): Promise<Network> {
  const inputSize = input && ([input[1], input[0]] as const);
  const { model, description } = checkpoint
    ? await loadModel(checkpoint)
    : await loadModel(weights!, { model: network!, inputSize, modelOptions: options });
  const prediction = predictorOptions(description);
  const expected = (prediction.kind === 'bottom-up' ? OPENPOSE_SKELETON : COCO_SKELETON).keypoints;
  if (description.keypointNames.join() !== expected.join()) {
    throw new Error(`${description.name}: expected COCO's keypoints, found ${description.keypointNames.join(', ')}.`);
  }
  return { model, description, prediction };
}
