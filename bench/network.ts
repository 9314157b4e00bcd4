/**
 * Measures one engine, in a process of its own (TensorFlow.js keeps the engine that it loaded first): training step and
 * forward pass of SimpleBaseline ResNet-18. Started by bench.ts, which gets the numbers as a message.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createModel } from '@pose/pose-models';
import { useEngine, type EnginePreference } from '@pose/tfjs-engine';
import { Adam, heatmapSizeOf, trainStep, type Batch } from '@pose/trainer';
import { measure, type Timing } from './measure';

export interface NetworkTask {
  engine: EnginePreference;
  input: [height: number, width: number];
  batch: number;
  seconds: number;
}

export interface NetworkResult {
  /** Such as 'native'. */
  engine: string;
  /** What provides it, with versions. */
  from: string;
  train: Timing;
  forward: Timing;
}

const KEYPOINTS = 17;

async function run({ engine, input, batch, seconds }: NetworkTask): Promise<NetworkResult> {
  const info = await useEngine({ prefer: engine });
  const [height, width] = input;
  const model = createModel('pose_resnet18', { inputSize: [width, height], keypoints: KEYPOINTS, seed: 1 });
  const data = syntheticBatch(batch, input, heatmapSizeOf(model));

  const optimizer = new Adam();
  const train = await measure(seconds, () => trainStep(model, optimizer, data, 1e-3));
  const images = tf.tensor4d(data.input, [batch, height, width, 3]);
  const forward = await measure(seconds, () => tf.tidy(() => (model.apply(images) as tf.Tensor).dataSync()));

  const tensorflow = info.tensorflow ? `, TensorFlow ${info.tensorflow}` : '';
  return { engine: info.kind, from: `${info.package} ${tf.version_core}${tensorflow}`, train, forward };
}

/** Noise, and a peak in the middle of each heatmap: what is in them does not change the time. */
function syntheticBatch(count: number, [height, width]: [number, number], heatmapSize: readonly number[]): Batch {
  const pixels = heatmapSize[0] * heatmapSize[1];
  const middle = pixels / 2 + heatmapSize[0] / 2;
  const target = new Float32Array(count * pixels * KEYPOINTS);
  for (let i = 0; i < count; i++) {
    const start = (i * pixels + middle) * KEYPOINTS;
    target.fill(1, start, start + KEYPOINTS);
  }
  return {
    input: Float32Array.from({ length: count * height * width * 3 }, (_, i) => 2 * Math.sin(12.9898 * i)),
    target,
    weight: new Float32Array(count * KEYPOINTS).fill(1),
    crops: new Float32Array(count * 4),
    people: Array.from({ length: count }, (_, i) => ({
      annotationId: i,
      imageId: i,
      imageFile: '',
      imageSize: [width, height],
      box: [0, 0, width, height],
      area: width * height,
      keypoints: [],
      numKeypoints: KEYPOINTS,
    })),
  };
}

process.once('message', (task: NetworkTask) => {
  run(task).then(
    (result) => process.send?.({ result }, () => process.exit(0)),
    (error: Error) => process.send?.({ error: error.message }, () => process.exit(1)),
  );
});
