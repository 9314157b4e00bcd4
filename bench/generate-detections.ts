import { open, readFile } from 'node:fs/promises';
import type { CocoGroundTruth, CocoKeypointAnnotation } from '@pose/coco-eval';
import { randomNumbers, type Random } from './random-numbers';

const BATCH = 1000;
/** Of an image of 640x480. */
const [WIDTH, HEIGHT] = [640, 480];
/** The share of detections that lie on a person of their image, some well and some badly. */
const ON_A_PERSON = 0.6;

/**
 * Writes keypoint results for an annotation file, image after image as evaluations do: the given number of people, most of
 * them near an annotated person, with scores that tell the good ones from the bad ones more often than not. The same seed
 * gives the same bytes.
 */
export async function generateDetections(annotationFile: string, file: string, count: number, seed: number) {
  const random = randomNumbers(seed);
  const { images, annotations } = JSON.parse(await readFile(annotationFile, 'utf8')) as CocoGroundTruth;
  const people = new Map<number, CocoKeypointAnnotation[]>(images.map(({ id }) => [id, []]));
  for (const person of annotations) if (person.num_keypoints > 0) people.get(person.image_id)?.push(person);
  const imageOf = Array.from({ length: count }, () => images[Math.floor(random() * images.length)].id);
  imageOf.sort((a, b) => a - b);
  const handle = await open(file, 'w');
  try {
    for (let from = 0; from < count; from += BATCH) {
      const batch = imageOf.slice(from, from + BATCH).map((id) => detection(id, people.get(id) ?? [], random));
      await handle.write((from > 0 ? ', ' : '[') + batch.join(', '));
    }
    await handle.write(']');
  } finally {
    await handle.close();
  }
}

function detection(imageId: number, people: readonly CocoKeypointAnnotation[], random: Random): string {
  const person = random() < ON_A_PERSON && people.length > 0 ? people[Math.floor(random() * people.length)] : undefined;
  const error = random();
  const box = person?.bbox ?? [random() * WIDTH * 0.8, random() * HEIGHT * 0.8, 100, 100];
  const [x, y, width, height] = Array.from(box);
  const keypoints: string[] = [];
  for (let k = 0; k < 17; k++) {
    const labelled = person !== undefined && person.keypoints[3 * k + 2] > 0;
    const px = labelled ? person.keypoints[3 * k] : x + random() * width;
    const py = labelled ? person.keypoints[3 * k + 1] : y + random() * height;
    const spread = 0.4 * error * Math.sqrt(person?.area ?? 0);
    keypoints.push((px + spread * (random() - 0.5)).toFixed(3), (py + spread * (random() - 0.5)).toFixed(3));
    keypoints.push((0.2 + 0.8 * random()).toFixed(6));
  }
  const score = (person === undefined ? 0 : 0.7 * (1 - error)) + 0.3 * random();
  return `{"image_id": ${imageId}, "category_id": 1, "keypoints": [${keypoints.join(', ')}], "score": ${score}}`;
}
