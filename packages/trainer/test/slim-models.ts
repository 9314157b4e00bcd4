import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createModel, type ModelName, type ModelOptions } from '@pose/pose-models';
import type { ModelDescription } from '@pose/predictor';
import {
  HEATMAP_OBJECTIVE,
  OPENPOSE_OBJECTIVE,
  type Evaluator,
  type Objective,
  type TrainingBatch,
  type TrainingData,
} from '../src';

const [BATCH, KEYPOINTS, LIMBS] = [8, 3, 2];

/** A model of the registry, slim and on few pixels, with batch norms that scale by a tenth. */
export function slimRegistryModel(name: ModelName): LayersModel {
  const model = createModel(name as string, { keypoints: KEYPOINTS, ...slimOptions(name) });
  calm(model);
  return model;
}

/**
 * Fresh deep networks are chaotic: batch norm after batch norm, a difference of rounding grows on the way back. Where
 * residual branches add little to what they are added to, it stays small.
 */
function calm({ trainableWeights }: LayersModel): void {
  for (const weight of trainableWeights.filter(({ originalName }) => originalName.endsWith('/gamma'))) {
    tf.tidy(() => {
      weight.write(tf.fill(weight.shape as number[], 0.1));
    });
  }
}

function slimOptions(name: ModelName): ModelOptions {
  if (name === 'openpose_vgg19')
    return { inputSize: [32, 32], width: 2, limbs: LIMBS, stages: 2, initialization: 'he' };
  if (name === 'pose_hourglass_52') return { inputSize: [128, 128], width: 4, stacks: 2 };
  if (name.startsWith('hourglass')) return { inputSize: [128, 128], width: 4 };
  if (name.includes('litehrnet')) return { inputSize: [32, 32], width: 8 };
  if (name.startsWith('pose_hrnet')) return { inputSize: [32, 32], width: 4 };
  if (name.includes('deeplab')) return { inputSize: [24, 24], width: 4 };
  return { inputSize: [32, 32], width: 4, deconvFilters: [8, 8, 8] };
}

export const objectiveOf = (name: ModelName): Objective =>
  name === 'openpose_vgg19' ? OPENPOSE_OBJECTIVE : HEATMAP_OBJECTIVE;

export function descriptionOf(name: ModelName, { inputs }: LayersModel): ModelDescription {
  const [height, width] = inputs[0].shape.slice(1) as number[];
  const options = { inputSize: [width, height] as [number, number], keypoints: KEYPOINTS };
  return { name, options, keypointNames: ['nose', 'left eye', 'right eye'], flipPairs: [[1, 2]] };
}

/** Data of which each batch is the same. */
export function repeated(batch: TrainingBatch, batches: number): TrainingData<TrainingBatch> {
  async function* chosen() {
    for (let index = 0; index < batches; index++) yield { ...batch, index };
  }
  return { samples: batches * BATCH, batchSize: BATCH, seed: 1, chosen };
}

/** Of no data. */
export const NO_EVALUATION: Evaluator = {
  data: { samples: 0, inOrder: async function* () {} },
  selectBy: 'none',
  predict: () => [],
  decode: () => [],
  metric: () => ({ none: 0 }),
};

/** Noise, and noise to learn: for either objective. */
export function noiseBatch({ inputs, outputs }: LayersModel): TrainingBatch {
  const [, height, width, channels] = outputs[0].shape as number[];
  const pixels = [BATCH, height, width];
  const topDown = {
    targets: [noise([...pixels, channels], 2)],
    weight: new Float32Array(BATCH * KEYPOINTS).fill(1),
  };
  const bottomUp = {
    heatmaps: noise([...pixels, KEYPOINTS + 1], 2),
    fields: noise([...pixels, 2 * LIMBS], 3),
    mask: new Float32Array(BATCH * height * width).fill(1),
  };
  const items = Array.from({ length: BATCH }, (_, i) => ({ imageId: i, imageFile: `${i}.jpg` }));
  return {
    input: softImages(inputs[0].shape.slice(1) as number[]),
    items,
    places: items.map((_, i) => i),
    index: 0,
    release: () => undefined,
    ...topDown,
    ...bottomUp,
  };
}

/** White noise would look alike, image by image, to the deepest layers: their batch norms would blow up rounding. */
const softImages = ([height, width, channels]: number[]): Float32Array =>
  tf.tidy(() => {
    const coarse = tf.randomNormal<tf.Rank.R4>([BATCH, 4, 4, channels], 0, 1, 'float32', 1);
    return tf.image.resizeBilinear(coarse, [height, width]).dataSync<'float32'>();
  });

const noise = (shape: readonly number[], seed: number): Float32Array =>
  tf.tidy(() => tf.randomNormal([...shape], 0, 1, 'float32', seed).dataSync<'float32'>());
