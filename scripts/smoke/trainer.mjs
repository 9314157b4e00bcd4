import { createModel } from '@pose/pose-models';
import { writePng } from '@pose/pose-viz/node';
import { useEngine } from '@pose/tfjs-engine';
import { Adam, BatchLoader, HEATMAP_OBJECTIVE, heatmapSizeOf, trainStep } from '@pose/trainer';

async function main() {
  await useEngine({ prefer: 'wasm' });
  const model = createModel('pose_resnet18', { inputSize: [64, 64], keypoints: 1, deconvFilters: [8, 8, 8], seed: 1 });

  // One person in a grey picture, prepared by a worker thread, trained on once
  await writePng('picture.png', { data: new Uint8Array(64 * 64 * 3).fill(128), width: 64, height: 64, channels: 3 });
  const loader = new BatchLoader({
    items: [
      {
        annotationId: 1,
        imageId: 1,
        imageFile: 'picture.png',
        imageSize: [64, 64],
        box: [8, 8, 48, 48],
        area: 2304,
        keypoints: [32, 32, 2],
        numKeypoints: 1,
      },
    ],
    settings: {
      kind: 'top-down',
      inputSize: [64, 64],
      heatmapSizes: [heatmapSizeOf(model)],
      encoding: { type: 'gaussian' },
      flipPairs: [],
    },
    batchSize: 1,
    workers: 1,
  });
  for await (const batch of loader.inOrder()) {
    const { loss } = trainStep(model, HEATMAP_OBJECTIVE, new Adam(), batch, 1e-3);
    if (!(loss > 0 && loss < Infinity)) throw new Error(`loss ${loss}: expected a positive number`);
  }
  await loader.close();
}

await main();
