import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { dispose, io, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { AdamState } from '../optimizer/adam';
import { TrainerError } from '../trainer-error';
import type { ModelDescription, TrainingState } from './checkpoint-state';

/** A checkpoint folder as it lies on disk, checked. */
export interface StoredCheckpoint {
  folder: string;
  description: ModelDescription;
  state: TrainingState;
  config: Record<string, unknown>;
  optimizer?: AdamState;
  artifacts: io.ModelArtifacts;
}

interface CheckpointJson {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
  userDefinedMetadata?: {
    pose?: {
      format: string;
      model: ModelDescription;
      state: TrainingState;
      config: Record<string, unknown>;
      optimizer?: { file: string; step: number; names: string[] };
    };
  };
}

/**
 * Reads a checkpoint folder that `saveCheckpoint` wrote.
 *
 * @throws TrainerError when the folder holds no checkpoint, one of something else, or one whose files are cut off
 */
export async function loadCheckpoint(folder: string): Promise<StoredCheckpoint> {
  const file = join(resolve(folder), 'model.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const hint = error.code === 'ENOENT' ? 'Expected a checkpoint folder, such as <run>/checkpoints/best.' : error.message;
    throw new TrainerError(`No checkpoint at ${file}. ${hint}`, { cause: error });
  });
  let json: CheckpointJson;
  try {
    json = JSON.parse(text) as CheckpointJson;
  } catch (error) {
    throw new TrainerError(`${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
  const pose = json.userDefinedMetadata?.pose;
  if (pose?.format !== 'pose-checkpoint/1') {
    throw new TrainerError(
      `${file}: expected userDefinedMetadata.pose.format to be 'pose-checkpoint/1', found ${JSON.stringify(pose?.format)}. ` +
        'Is it a model of another program?',
    );
  }
  const [{ paths, weights }] = json.weightsManifest;
  const bytes = weights.reduce((sum, w) => sum + w.shape.reduce((a, b) => a * b, 4), 0);
  const weightData = await readExactly(join(folder, paths[0]), bytes);
  const artifacts: io.ModelArtifacts = { modelTopology: json.modelTopology, weightSpecs: weights, weightData };
  const optimizer = pose.optimizer && (await readOptimizer(folder, pose.optimizer));
  return { folder, description: pose.model, state: pose.state, config: pose.config, optimizer, artifacts };
}

/** The checkpoint's network as a plain tf.layers model, for inference. */
export async function loadCheckpointModel(checkpoint: StoredCheckpoint): Promise<LayersModel> {
  return loadLayersModel(io.fromMemory(checkpoint.artifacts));
}

/**
 * Copies the checkpoint's weights into a model of the same architecture.
 *
 * @throws TrainerError naming the first weight that is missing or has another shape
 */
export function restoreWeights(model: LayersModel, checkpoint: StoredCheckpoint): void {
  const stored = io.decodeWeights(checkpoint.artifacts.weightData as ArrayBuffer, checkpoint.artifacts.weightSpecs ?? []);
  try {
    const values: Tensor[] = model.weights.map((weight) => {
      const value = stored[weight.originalName];
      if (!value || value.shape.join() !== weight.shape.join()) {
        throw new TrainerError(
          `${checkpoint.folder} is a checkpoint of another model: expected weight '${weight.originalName}' of shape ` +
            `[${weight.shape.join(', ')}], found ${value ? `shape [${value.shape.join(', ')}]` : 'none'}.`,
        );
      }
      return value;
    });
    model.setWeights(values);
  } finally {
    dispose(stored);
  }
}

async function readOptimizer(
  folder: string,
  { file, step, names }: { file: string; step: number; names: string[] },
): Promise<AdamState> {
  const data = await readFile(join(folder, file)).catch((error: Error) => {
    throw new TrainerError(`${folder}: the optimizer state ${file} cannot be read: ${error.message}.`, { cause: error });
  });
  const moments = new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
  return { step, names, moments };
}

async function readExactly(file: string, bytes: number): Promise<ArrayBuffer> {
  const data = await readFile(file).catch((error: Error) => {
    throw new TrainerError(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
  if (data.byteLength !== bytes) {
    throw new TrainerError(`${file}: expected ${bytes} bytes of weights, found ${data.byteLength}. The file is cut off or foreign.`);
  }
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
}
