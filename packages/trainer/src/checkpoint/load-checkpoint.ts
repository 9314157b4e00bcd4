import { join } from 'node:path';
import { util } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { PredictorError, type CheckpointMetadata } from '@pose/predictor';
import { readFloats, readStoredModel, storedLayersModel, type StoredModel } from '@pose/predictor/node';
import type { WeightAverageState } from '../average/weight-average';
import type { OptimizerState } from '../optimizer/optimizer';
import { TrainerError } from '../trainer-error';
import type { TrainingState } from './checkpoint-state';

/** A checkpoint folder as it lies on disk, checked. */
export interface StoredCheckpoint extends Omit<StoredModel, 'metadata'> {
  state: TrainingState;
  config: Record<string, unknown>;
  optimizer?: OptimizerState;
  average?: WeightAverageState;
}

/** The numbers are in a file of their own. */
type Stored<State> = Omit<State, 'values'> & { file: string };

interface TrainingMetadata extends CheckpointMetadata {
  state: TrainingState;
  config: Record<string, unknown>;
  optimizer?: Stored<OptimizerState>;
  average?: Stored<WeightAverageState>;
}

/**
 * Reads a checkpoint folder that `saveCheckpoint` wrote.
 *
 * @throws TrainerError when the folder holds no checkpoint, one of something else, or one whose files are cut off
 */
export async function loadCheckpoint(folder: string): Promise<StoredCheckpoint> {
  return readAll(folder).catch((error: Error) => {
    throw error instanceof PredictorError ? new TrainerError(error.message, { cause: error }) : error;
  });
}

/** The checkpoint's network as a plain tf.layers model, for inference. */
export function loadCheckpointModel(checkpoint: StoredCheckpoint): Promise<LayersModel> {
  return storedLayersModel(checkpoint);
}

async function readAll(folder: string): Promise<StoredCheckpoint> {
  const { metadata, ...stored } = await readStoredModel<TrainingMetadata>(folder);
  const { state, config, optimizer, average } = metadata;
  const sizes = new Map(stored.artifacts.weightSpecs.map(({ name, shape }) => [name, util.sizeFromShape(shape)]));
  const sizeOf = (names: readonly string[]) => names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  const read = async (file: string, length: number, what: string) =>
    new Float32Array(await readFloats(join(folder, file), length, what));

  const checkpoint: StoredCheckpoint = { ...stored, state, config };
  if (optimizer) {
    const { file, ...rest } = optimizer;
    const values = await read(file, rest.slots * sizeOf(rest.names), 'optimizer state');
    checkpoint.optimizer = { ...rest, values };
  }
  if (average) {
    const { file, ...rest } = average;
    checkpoint.average = { ...rest, values: await read(file, sizeOf(rest.names), 'averaged weights') };
  }
  return checkpoint;
}
