import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/**
 * The model as plain tf.layers load it from what `model.save` writes. On the cpu backend: in jest's realm model.save
 * refuses typed arrays that come from a native addon.
 */
export async function saveAndLoad(model: tfl.LayersModel): Promise<{ loaded: tfl.LayersModel; classes: string[] }> {
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const classes = new Set(JSON.stringify(saved.modelTopology).match(/(?<="class_name":")\w+/g));
  return { loaded: await tfl.loadLayersModel(tf.io.fromMemory(saved)), classes: [...classes].sort() };
}
