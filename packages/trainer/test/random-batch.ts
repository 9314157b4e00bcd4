import { createRandom } from '@pose/pose-augment';
import type { PersonInstance } from '@pose/coco-dataset';
import type { Batch } from '../src/data/batch-loader';

/** A batch of noise with one Gaussian-like peak per heatmap, in memory. `size`: of the square input; heatmaps are a quarter. */
export function randomBatch({ count = 2, size = 64, keypoints = 17, seed = 0 } = {}): Batch {
  const random = createRandom([seed]);
  const heatmap = size / 4;
  const target = new Float32Array(count * heatmap * heatmap * keypoints);
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < keypoints; k++) {
      const [x, y] = [Math.floor(random.uniform() * heatmap), Math.floor(random.uniform() * heatmap)];
      target[((n * heatmap + y) * heatmap + x) * keypoints + k] = 1;
    }
  }
  const people = Array.from({ length: count }, (_, i) => person(100 + i, size, keypoints));
  return {
    input: Float32Array.from({ length: count * size * size * 3 }, () => random.uniform() * 2 - 1),
    targets: [target],
    weight: new Float32Array(count * keypoints).fill(1),
    crops: new Float32Array(count * 4),
    items: people,
    places: people.map((_, i) => i),
    index: 0,
    release: () => undefined,
  };
}

function person(annotationId: number, size: number, keypoints: number): PersonInstance {
  return {
    annotationId,
    imageId: annotationId,
    imageFile: `${annotationId}.jpg`,
    imageSize: [size, size],
    box: [0, 0, size, size],
    area: size * size,
    keypoints: new Array<number>(3 * keypoints).fill(1),
    numKeypoints: keypoints,
  };
}
