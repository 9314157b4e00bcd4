import { open, readFile, rename, rm, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { ModelError } from '../model-error';

/**
 * Reads a model in the tfjs layers format, such as a checkpoint of @pose/trainer.
 *
 * @param path  a model.json or the folder that holds it
 * @throws ModelError naming the file that is missing, damaged or of another format
 */
export async function readModelFolder(path: string): Promise<LayersModel> {
  const file = path.endsWith('.json') ? path : join(path, 'model.json');
  const json = parseModelJson(await readBytes(file), file);
  const parts = json.weightsManifest.flatMap(({ paths }) => paths);
  const weights = Buffer.concat(await Promise.all(parts.map((part) => readBytes(join(dirname(file), part)))));
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  try {
    return await loadLayersModel(
      io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs,
        weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length) as ArrayBuffer,
        userDefinedMetadata: json.userDefinedMetadata,
      }),
    );
  } catch (cause) {
    throw new ModelError(`${file}: expected a model that TensorFlow.js loads, found ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Writes the model as a new folder with model.json and weights.bin, whole or not at all.
 *
 * @throws ModelError when there is something at that path, or it cannot be written
 */
export async function writeModelFolder(folder: string, model: LayersModel): Promise<string[]> {
  let artifacts!: io.ModelArtifacts;
  await model.save(
    io.withSaveHandler(async (made) => {
      artifacts = made;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(made) };
    }),
  );
  const { weightData, weightSpecs, ...rest } = artifacts;
  const json = { ...rest, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] };
  await writeNew(folder, async (temporary) => {
    await mkdir(temporary, { recursive: true });
    await writeDurably(join(temporary, 'weights.bin'), new Uint8Array(io.CompositeArrayBuffer.join(weightData)));
    await writeDurably(join(temporary, 'model.json'), Buffer.from(JSON.stringify(json)));
  });
  return [join(folder, 'model.json'), join(folder, 'weights.bin')];
}

/**
 * Writes a new file, whole or not at all.
 *
 * @throws ModelError when there is something at that path, or it cannot be written
 */
export async function writeNewFile(file: string, bytes: Uint8Array): Promise<string[]> {
  await writeNew(file, (temporary) => writeDurably(temporary, bytes));
  return [file];
}

/** @throws ModelError when the file cannot be read */
export async function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: Error) => {
    throw new ModelError(`${file}: cannot be read: ${cause.message}`, { cause });
  });
}

interface ModelJson {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
  userDefinedMetadata?: Record<string, unknown>;
}

function parseModelJson(bytes: Buffer, file: string): ModelJson {
  let json: Partial<ModelJson> | null;
  try {
    json = JSON.parse(bytes.toString('utf8')) as Partial<ModelJson> | null;
  } catch (cause) {
    throw new ModelError(`${file}: expected JSON, found other text: ${(cause as Error).message}`, { cause });
  }
  if (!json?.modelTopology || !Array.isArray(json.weightsManifest)) {
    throw new ModelError(`${file}: expected modelTopology and weightsManifest, the tfjs layers format, found neither`);
  }
  return json as ModelJson;
}

/** `write` makes it under a temporary name beside it, which then becomes its own. */
async function writeNew(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found) {
    const what = found.isDirectory() ? 'folder' : 'file';
    throw new ModelError(`${path}: expected a path where nothing is yet, found a ${what}`);
  }
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined); // the first error is the one to tell
    throw new ModelError(`${path}: cannot be written: ${(cause as Error).message}`, { cause });
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
