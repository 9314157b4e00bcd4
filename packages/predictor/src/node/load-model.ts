import { readFile, stat } from 'node:fs/promises';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { COCO_SKELETON, OPENPOSE_SKELETON } from '@pose/coco-dataset';
import {
  createModel,
  loadTorchWeights,
  ModelError,
  readCheckpoint,
  registerLayers,
  type ModelOptions,
} from '@pose/pose-models';
import type { ModelDescription } from '../description/model-description';
import { PredictorError } from '../predictor-error';
import { readStoredModel, type StoredModel } from './read-stored-model';

/** What a file of weights does not say of its network. */
export interface PublishedModel {
  /** Name in the registry of pose-models, such as 'pose_resnet50'. */
  model: string;
  /** `[width, height]` in pixels. Default the network's. */
  inputSize?: readonly [number, number];
  /** Other options of the network. */
  modelOptions?: ModelOptions;
  /** Default COCO's 17, for openpose_vgg19 OpenPose's 18. */
  keypointNames?: readonly string[];
  /** Keypoints that change places when the image is mirrored; needed with `keypointNames`, [] where none do. */
  flipPairs?: ModelDescription['flipPairs'];
}

export interface LoadedModel {
  model: LayersModel;
  description: ModelDescription;
}

/**
 * A network for inference: of a checkpoint folder of ours, or of published weights.
 *
 * @param path       folder, such as <run>/checkpoints/best, or a file of PyTorch: .pth, .pt, .pth.tar or .safetensors
 * @param published  what it is the weights of; for a file
 * @throws PredictorError when the path cannot be read, the folder is damaged, or a file comes without its network's name
 * @throws ModelError when the weights are those of another network
 */
export async function loadModel(path: string, published?: PublishedModel): Promise<LoadedModel> {
  const isFile = await stat(path).then(
    (entry) => entry.isFile(),
    () => published !== undefined,
  );
  if (!isFile) {
    if (published) {
      throw new PredictorError(`${path}: is a folder, whose checkpoint says what network it is. Leave out model '${published.model}'.`); // prettier-ignore
    }
    const stored = await readStoredModel(path);
    return { model: await storedLayersModel(stored), description: stored.description };
  }
  if (!published) {
    throw new PredictorError(`${path}: expected the name of the network that these are the weights of, found none. Name a model, such as 'pose_resnet50'.`); // prettier-ignore
  }
  return loadPublished(path, published);
}

/** The network of a checkpoint as a plain tf.layers model, for inference. */
export async function storedLayersModel({ artifacts }: Pick<StoredModel, 'artifacts'>): Promise<LayersModel> {
  registerLayers(); // those that tf.layers does not have, of the networks with a spatial transformer
  return loadLayersModel(io.fromMemory(artifacts));
}

async function loadPublished(file: string, published: PublishedModel): Promise<LoadedModel> {
  const { model: name, inputSize, modelOptions } = published;
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new PredictorError(`${file}: cannot be read: ${cause.message}`, { cause });
  });
  const skeleton = name.startsWith('openpose') ? OPENPOSE_SKELETON : COCO_SKELETON;
  if (published.keypointNames && !published.flipPairs) {
    throw new PredictorError(
      'flipPairs: expected those of the keypointNames, [] where no keypoint has a side, found none.',
    );
  }
  const { keypointNames = skeleton.keypoints, flipPairs = skeleton.flipPairs } = published;
  const keypoints = keypointNames.length;
  const options = { keypoints, ...modelOptions, inputSize: inputSize ?? modelOptions?.inputSize };
  const model = createModel(name, { ...options, seed: null });
  try {
    loadTorchWeights(model, readCheckpoint(bytes));
  } catch (cause) {
    model.dispose();
    throw cause instanceof ModelError ? new ModelError(`${file}: ${cause.message}`, { cause }) : cause;
  }
  const [, height, width] = model.inputs[0].shape as [null, number, number];
  const description = { name, options: { ...options, inputSize: [width, height] as const }, keypointNames, flipPairs };
  return { model, description };
}
