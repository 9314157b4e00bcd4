import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { util, type io } from '@tensorflow/tfjs-core';
import { describedModel, type CheckpointMetadata } from '../description/checkpoint-format';
import type { ModelDescription } from '../description/model-description';
import { PredictorError } from '../predictor-error';

/** A checkpoint folder's network as it lies on disk, checked. */
export interface StoredModel<Metadata extends CheckpointMetadata = CheckpointMetadata> {
  folder: string;
  description: ModelDescription;
  /** All that the checkpoint keeps beside topology and weights. */
  metadata: Metadata;
  artifacts: io.ModelArtifacts & { weightSpecs: io.WeightsManifestEntry[] };
}

interface CheckpointJson<Metadata> {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
  userDefinedMetadata: { pose: Metadata };
}

/**
 * Reads the network of a checkpoint folder that a training wrote: model.json and the weights, nothing else.
 *
 * @throws PredictorError when the folder holds no checkpoint, one of something else, or one whose files are cut off
 */
export async function readStoredModel<Metadata extends CheckpointMetadata>(
  folder: string,
): Promise<StoredModel<Metadata>> {
  const file = join(resolve(folder), 'model.json');
  const json = await readJson(file);
  const found = json as CheckpointJson<Metadata> | null;
  const description = describedModel(found?.userDefinedMetadata, file);
  const { modelTopology, weightsManifest, userDefinedMetadata } = found!;
  const [{ paths, weights: weightSpecs }] = weightsManifest;
  const length = weightSpecs.reduce((sum, { shape }) => sum + util.sizeFromShape(shape), 0);
  const weightData = await readFloats(join(folder, paths[0]), length, 'weights');
  return {
    folder,
    description,
    metadata: userDefinedMetadata.pose,
    artifacts: { modelTopology, weightSpecs, weightData, userDefinedMetadata },
  };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const expected = 'Expected a checkpoint folder, such as <run>/checkpoints/best.';
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    throw new PredictorError(`No checkpoint at ${file}. ${missing ? expected : error.message}`, { cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PredictorError(`${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}

/**
 * Reads a file of float32 numbers, little endian.
 *
 * @param length  how many numbers it must hold
 * @param what    they are, for the message
 * @throws PredictorError when the file cannot be read or has another length
 */
export async function readFloats(file: string, length: number, what: string): Promise<ArrayBuffer> {
  const data = await readFile(file).catch((error: Error) => {
    throw new PredictorError(`${file}: the ${what} cannot be read: ${error.message}.`, { cause: error });
  });
  if (data.byteLength !== 4 * length) {
    throw new PredictorError(
      `${file}: expected ${4 * length} bytes of ${what}, found ${data.byteLength}. The file is cut off or foreign.`,
    );
  }
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
}
