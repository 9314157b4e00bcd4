import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { WeightAverageState } from '../average/weight-average';
import type { OptimizerState } from '../optimizer/optimizer';
import { CHECKPOINT_FORMAT, type ModelDescription } from '@pose/predictor';
import { TrainerError } from '../trainer-error';
import { replaceFile, writeDurably } from './atomic-file';
import type { TrainingState } from './checkpoint-state';
import { requireFiniteWeights } from './finite-weights';

export interface Checkpoint {
  model: LayersModel;
  description: ModelDescription;
  state: TrainingState;
  /** Left out of checkpoints that are not trained on, like `best`. */
  optimizer?: OptimizerState;
  /** Of the weights, where the run averages them. */
  average?: WeightAverageState;
  /** The settings of the run, for people who find the checkpoint later. */
  config: Record<string, unknown>;
}

interface BinaryFile {
  file: string;
  bytes: Uint8Array;
}

/**
 * Writes a checkpoint folder in the tfjs layers format: `model.json` (topology, weight manifest, and our state under
 * `userDefinedMetadata.pose`), the weights, the optimizer's state and the average of the weights. The binary files get new names and `model.json`,
 * which alone names them, is replaced last in one step, so a kill or a full disk leaves the previous checkpoint whole.
 *
 * @throws TrainerError when a weight is not finite or the folder cannot be written; what was there before is still there
 */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { model, optimizer, average, description, state, config } = checkpoint;
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (made) => {
      artifacts = made;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(made) };
    }),
  );
  const { modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy } = artifacts as io.ModelArtifacts;
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(weightData));
  requireFiniteWeights(weights, weightSpecs as io.WeightsManifestEntry[], folder);
  const tag = `${state.step}-${randomUUID().slice(0, 8)}`;
  const files: BinaryFile[] = [{ file: `weights-${tag}.bin`, bytes: weights }];
  const store = <State extends { values: Float32Array }>(kind: string, { values, ...stored }: State) => {
    const file = `${kind}-${tag}.bin`;
    files.push({ file, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) });
    return { ...stored, file };
  };
  const metadata = {
    format: CHECKPOINT_FORMAT,
    model: description,
    state,
    optimizer: optimizer && store('optimizer', optimizer),
    average: average && store('average', average),
    config,
  };
  const json = {
    format,
    generatedBy,
    convertedBy,
    modelTopology,
    weightsManifest: [{ paths: [files[0].file], weights: weightSpecs }],
    userDefinedMetadata: { ...model.getUserDefinedMetadata(), pose: metadata },
  };
  const written = files.map(({ file }) => file);
  try {
    await mkdir(folder, { recursive: true });
    for (const { file, bytes } of files) await writeDurably(join(folder, file), bytes);
    await replaceFile(join(folder, 'model.json'), JSON.stringify(json));
  } catch (error) {
    await Promise.all(written.map((file) => rm(join(folder, file), { force: true }).catch(() => undefined)));
    throw new TrainerError(
      `Could not write the checkpoint ${folder}: ${(error as Error).message}. The previous one, if any, is untouched.`,
      { cause: error },
    );
  }
  await removeStale(folder, written);
}

/** Removes what earlier checkpoints, and saves that were killed, left behind. What cannot go now goes after the next save. */
async function removeStale(folder: string, written: readonly string[]): Promise<void> {
  const isOurs = (name: string) =>
    /^(weights|optimizer|average)-.*\.bin$/.test(name) || /^model\.json\..*\.tmp$/.test(name);
  const stale = (await readdir(folder)).filter((name) => isOurs(name) && !written.includes(name));
  await Promise.allSettled(stale.map((name) => rm(join(folder, name), { force: true })));
}
