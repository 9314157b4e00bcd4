import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** What `model.save` writes. */
export async function savedArtifacts(model: tfl.LayersModel): Promise<tf.io.ModelArtifacts> {
  let saved!: tf.io.ModelArtifacts;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return saved;
}

/** The tfjs layers format: model.json and weights.bin. */
export async function saveModelFolder(model: tfl.LayersModel, folder: string): Promise<void> {
  const { weightData, weightSpecs, ...rest } = await savedArtifacts(model);
  const json = { ...rest, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
  writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
}
