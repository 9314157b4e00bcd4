import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { io, util } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { registerLayers } from '@pose/pose-models';
import type { WeightAverageState } from '../average/weight-average';
import type { OptimizerState } from '../optimizer/optimizer';
import { TrainerError } from '../trainer-error';
import { CHECKPOINT_FORMAT, type ModelDescription, type TrainingState } from './checkpoint-state';

/** A checkpoint folder as it lies on disk, checked. */
export interface StoredCheckpoint {
  folder: string;
  description: ModelDescription;
  state: TrainingState;
  config: Record<string, unknown>;
  optimizer?: OptimizerState;
  average?: WeightAverageState;
  artifacts: io.ModelArtifacts;
}

/** The numbers are in a file of their own. */
type Stored<State> = Omit<State, 'values'> & { file: string };

interface CheckpointJson {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
  userDefinedMetadata: {
    pose: {
      model: ModelDescription;
      state: TrainingState;
      config: Record<string, unknown>;
      optimizer?: Stored<OptimizerState>;
      average?: Stored<WeightAverageState>;
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
  const { model: description, state, config, optimizer, average } = userDefinedMetadata.pose;
  const [{ paths, weights }] = weightsManifest;
  const sizes = new Map(weights.map(({ name, shape }) => [name, util.sizeFromShape(shape)]));
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);
  const sizeOf = (names: readonly string[]) => sum(names.map((name) => sizes.get(name) ?? 0));
  const read = async (file: string, length: number, what: string) =>
    new Float32Array(await readFloats(join(folder, file), length, what));

  const weightData = await readFloats(join(folder, paths[0]), sum(sizes.values()), 'weights');
  const checkpoint: StoredCheckpoint = {
    folder,
    description,
    state,
    config,
    artifacts: { modelTopology, weightSpecs: weights, weightData },
  };
  if (optimizer) {
    const { file, ...stored } = optimizer;
    const values = await read(file, stored.slots * sizeOf(stored.names), 'optimizer state');
    checkpoint.optimizer = { ...stored, values };
  }
  if (average) {
    const { file, ...stored } = average;
    checkpoint.average = { ...stored, values: await read(file, sizeOf(stored.names), 'averaged weights') };
  }
  return checkpoint;
}

/** The checkpoint's network as a plain tf.layers model, for inference. */
export async function loadCheckpointModel(checkpoint: StoredCheckpoint): Promise<LayersModel> {
  registerLayers(); // those that tf.layers does not have, of the networks with a spatial transformer
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
  if (format !== CHECKPOINT_FORMAT) {
    throw new TrainerError(
      `${file}: expected userDefinedMetadata.pose.format to be '${CHECKPOINT_FORMAT}', found ${JSON.stringify(format)}. ` +
        'Is it a model of another program, or of another version of this one?',
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
