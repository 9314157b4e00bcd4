import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';

/** OpenPose's 18 keypoints of one person, pixels of an input of 160x160. */
const FORM = [[80, 20], [80, 42], [66, 43], [62, 60], [58, 77], [94, 42], [99, 61], [103, 76], [71, 82], [70, 108], [69, 134], [89, 83], [91, 107], [92, 133], [76, 15], [84, 16], [72, 18], [88, 19]]; // prettier-ignore
export const SOMEBODY = { nose: FORM[0] };

/** A bottom-up network that finds the same person in every image: its outputs do not depend on the input. */
export function somebodyNetwork(): tfl.LayersModel {
  const people = [FORM.flatMap(([x, y]) => [x, y, 2])];
  const frame = { inputSize: [160, 160] as const, heatmapSize: [20, 20] as const };
  const maps = [
    partAffinityFields(people, { ...frame, limbs: OPENPOSE_SKELETON.limbs }),
    confidenceMaps(people, { ...frame, keypointCount: 18 }),
  ];
  const input = tfl.input({ shape: [160, 160, 3] });
  const mean = tfl.layers.globalAveragePooling2d({}).apply(input);
  const layers = maps.map(({ length }) => tfl.layers.dense({ units: length, kernelInitializer: 'zeros' }));
  const outputs = layers.map((layer, i) =>
    tfl.layers.reshape({ targetShape: [20, 20, maps[i].length / 400] }).apply(layer.apply(mean)),
  );
  const model = tfl.model({ inputs: input, outputs: outputs as tfl.SymbolicTensor[] });
  layers.forEach((layer, i) => layer.setWeights([layer.getWeights()[0], tf.tensor1d(maps[i])]));
  return model;
}
