import type { CocoGroundTruth, CocoKeypointAnnotation, CocoKeypointResult } from '../src/index';

/** A skeleton of a head, two hands and two feet. */
export const SIGMAS = [0.05, 0.1, 0.1, 0.08, 0.08];
export const FLIP_PAIRS = [
  [1, 2],
  [3, 4],
] as const;

/** Marsaglia's xorshift32, for numbers in 0..1 that are the same every time. */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A few images of people close together, some crowds or unlabelled, and detections with errors of all kinds. */
export function randomScene(seed: number): { groundTruth: CocoGroundTruth; detections: CocoKeypointResult[] } {
  const random = generator(seed);
  const below = (limit: number) => Math.floor(limit * random());
  const images = Array.from({ length: 1 + below(3) }, (_, i) => ({ id: i + 1 }));
  const annotations: CocoKeypointAnnotation[] = [];
  const detections: CocoKeypointResult[] = [];
  for (const { id: image_id } of images) {
    const people = Array.from({ length: below(4) }, (): CocoKeypointAnnotation => {
      const [x, y] = [200 * random(), 200 * random()];
      const keypoints = SIGMAS.flatMap(() => [x + 100 * random(), y + 100 * random(), below(4) === 0 ? 0 : 2]);
      const labelled = keypoints.filter((v, i) => i % 3 === 2 && v > 0).length;
      const id = annotations.length + 1;
      const person = { id, image_id, category_id: 1, keypoints, area: 3000 + 7000 * random(), bbox: [x, y, 100, 100] };
      annotations.push({ ...person, num_keypoints: labelled, iscrowd: below(6) === 0 ? 1 : 0 });
      return annotations[annotations.length - 1];
    });
    for (const person of people.filter(() => below(5) > 0)) {
      for (let copies = 1 + below(2); copies > 0; copies--) {
        const keypoints = SIGMAS.flatMap((_, k) => {
          const whose = below(4) === 0 ? people[below(people.length)] : person;
          const joint = below(4) === 0 ? below(SIGMAS.length) : k;
          const off = [0, 5, 15, 60][below(4)];
          const at = (axis: number) => whose.keypoints[3 * joint + axis] + off * (random() - 0.5);
          return [at(0), at(1), random()];
        });
        detections.push({ image_id, category_id: 1, keypoints, score: random() });
      }
    }
    for (let stray = below(3); stray > 0; stray--) {
      const keypoints = SIGMAS.flatMap(() => [300 * random(), 300 * random(), random()]);
      detections.push({ image_id, category_id: 1, keypoints, score: random() });
    }
  }
  return { groundTruth: { images, annotations, categories: [{ id: 1 }] }, detections };
}

/** A person of area 10,000: keypoint k at distance d has the similarity exp(-d^2 / (2 (200 sigma_k)^2)). */
export function person(
  id: number,
  places: readonly (readonly [number, number])[],
  more: object = {},
): CocoKeypointAnnotation {
  const keypoints = places.flatMap(([x, y]) => [x, y, 2]);
  const rest = {
    image_id: 1,
    category_id: 1,
    num_keypoints: places.length,
    area: 10_000,
    bbox: [0, 0, 100, 100],
    iscrowd: 0,
  };
  return { id, keypoints, ...rest, ...more };
}

export function detection(places: readonly (readonly [number, number])[], score = 1): CocoKeypointResult {
  return { image_id: 1, category_id: 1, keypoints: places.flatMap(([x, y]) => [x, y, 1]), score };
}
