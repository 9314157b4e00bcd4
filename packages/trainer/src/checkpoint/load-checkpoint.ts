import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { io, util } from '@tensorflow/tfjs-core';
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
  userDefinedMetadata: {
    pose: {
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
  const { modelTopology, weightsManifest, userDefinedMetadata } = await readModelJson(
    join(resolve(folder), 'model.json'),
  );
  const { model: description, state, config, optimizer: stored } = userDefinedMetadata.pose;
  const [{ paths, weights }] = weightsManifest;
  const sizes = new Map(weights.map(({ name, shape }) => [name, util.sizeFromShape(shape)]));
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);

  const weightData = await readFloats(join(folder, paths[0]), sum(sizes.values()), 'weights');
  const artifacts: io.ModelArtifacts = { modelTopology, weightSpecs: weights, weightData };
  if (!stored) return { folder, description, state, config, artifacts };

  const { file, step, names } = stored;
  const length = 2 * sum(names.map((name) => sizes.get(name) ?? 0));
  const moments = new Float32Array(await readFloats(join(folder, file), length, 'optimizer state'));
  return { folder, description, state, config, artifacts, optimizer: { step, names, moments } };
}

/** The checkpoint's network as a plain tf.layers model, for inference. */
export async function loadCheckpointModel(checkpoint: StoredCheckpoint): Promise<LayersModel> {
  return loadLayersModel(io.fromMemory(checkpoint.artifacts));
}

async function readModelJson(file: string): Promise<CheckpointJson> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const expected = 'Expected a checkpoint folder, such as <run>/checkpoints/best.';
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    throw new TrainerError(`No checkpoint at ${file}. ${missing ? expected : error.message}`, { cause: error });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TrainerError(`${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
  const found = json as { userDefinedMetadata?: { pose?: { format?: string } } } | null;
  const format = found?.userDefinedMetadata?.pose?.format;
  if (format !== 'pose-checkpoint/1') {
    throw new TrainerError(
      `${file}: expected userDefinedMetadata.pose.format to be 'pose-checkpoint/1', found ${JSON.stringify(format)}. ` +
        'Is it a model of another program?',
    );
  }
  return json as CheckpointJson;
}

async function readFloats(file: string, length: number, what: string): Promise<ArrayBuffer> {
  const data = await readFile(file).catch((error: Error) => {
    throw new TrainerError(`${file}: the ${what} cannot be read: ${error.message}.`, { cause: error });
  });
  if (data.byteLength !== 4 * length) {
    throw new TrainerError(
      `${file}: expected ${4 * length} bytes of ${what}, found ${data.byteLength}. The file is cut off or foreign.`,
    );
  }
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
}
