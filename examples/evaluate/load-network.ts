import { readFile } from 'node:fs/promises';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { COCO_SKELETON, OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { createModel, loadTorchWeights, ModelError, readCheckpoint } from '@pose/pose-models';
import { loadCheckpoint, loadCheckpointModel, type ModelDescription } from '@pose/trainer';
import type { Options } from './options';

export interface Network {
  model: LayersModel;
  description: Pick<ModelDescription, 'name' | 'flipPairs'>;
  /** Whether it finds all people of an image, as OpenPose does, or the one of a crop. */
  bottomUp: boolean;
}

/**
 * The network of a checkpoint, or of weights that PyTorch wrote.
 *
 * @throws TrainerError, ModelError when files are missing or damaged, or the weights are those of another network
 * @throws Error when it does not predict COCO's keypoints
 */
export async function loadNetwork(options: Options): Promise<Network> {
  const { model, description } = options.checkpoint
    ? await fromCheckpoint(options.checkpoint)
    : await fromTorch(options.weights as string, options.network as string, options);
  const bottomUp = isBottomUp(description.name);
  // OpenPose has a map of the background too.
  const expected = bottomUp ? OPENPOSE_SKELETON.keypoints.length + 1 : COCO_SKELETON.keypoints.length;
  const found = model.outputs[model.outputs.length - 1].shape.at(-1);
  if (found !== expected) {
    throw new Error(`${description.name}: expected ${expected} heatmaps, for COCO's keypoints, found ${found}.`);
  }
  return { model, description, bottomUp };
}

async function fromCheckpoint(folder: string): Promise<Pick<Network, 'model' | 'description'>> {
  const checkpoint = await loadCheckpoint(folder);
  return { model: await loadCheckpointModel(checkpoint), description: checkpoint.description };
}

async function fromTorch(
  file: string,
  name: string,
  { input, options }: Pick<Options, 'input' | 'options'>,
): Promise<Pick<Network, 'model' | 'description'>> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new ModelError(`${file}: cannot be read: ${cause.message}`, { cause });
  });
  const inputSize = input && ([input[1], input[0]] as [number, number]);
  // Those that were published for MPII's 16 keypoints as well.
  const keypoints = isBottomUp(name) ? undefined : COCO_SKELETON.keypoints.length;
  const model = createModel(name, { keypoints, ...options, inputSize: inputSize ?? options?.inputSize, seed: null });
  try {
    loadTorchWeights(model, readCheckpoint(bytes));
  } catch (cause) {
    throw cause instanceof ModelError ? new ModelError(`${file}: ${cause.message}`, { cause }) : cause;
  }
  return { model, description: { name, flipPairs: COCO_SKELETON.flipPairs } };
}

function isBottomUp(name: string): boolean {
  return name.startsWith('openpose');
}
