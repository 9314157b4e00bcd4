import { open } from 'node:fs/promises';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { randomNumbers, type Random } from './random-numbers';

/** How much an annotation file holds. */
export interface AnnotationCounts {
  images: number;
  /** Annotations, of which `withKeypoints` have labelled keypoints and `crowd` are crowd regions. */
  people: number;
  withKeypoints: number;
  crowd: number;
}

/** Images and people of person_keypoints_train2017.json and val2017.json; of crowd regions there are about as many. */
export const TRAIN2017: AnnotationCounts = { images: 118_287, people: 262_465, withKeypoints: 149_813, crowd: 5_000 };
export const VAL2017: AnnotationCounts = { images: 5_000, people: 11_004, withKeypoints: 6_352, crowd: 227 };

/** Mean number of polygon points of a person; they make the file 230 MB large. */
const POINTS_LABELLED = 44;
const POINTS_UNLABELLED = 22;
/** Of an image of 640x480. */
const PIXELS = 640 * 480;
const BATCH = 1000;

/**
 * Writes a COCO keypoint file of random content, in COCO's order of fields and white space: images with their URLs,
 * people with segments, keypoints and boxes. The same seed gives the same bytes.
 */
export async function generateAnnotations(file: string, counts: AnnotationCounts, seed: number): Promise<void> {
  const random = randomNumbers(seed);
  const handle = await open(file, 'w');
  const list = async (length: number, item: (i: number) => string): Promise<void> => {
    for (let from = 0; from < length; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, length - from) }, (_, i) => item(from + i));
      await handle.write((from > 0 ? ',' : '') + batch.join(','));
    }
  };
  try {
    await handle.write('{"info": {"description": "random annotations"},"licenses": [],"images": [');
    const imageIds = ascendingIds(counts.images, 5, random);
    await list(counts.images, (i) => image(imageIds[i]));
    await handle.write('],"annotations": [');
    const annotationIds = ascendingIds(counts.people, 8, random);
    let labelled = counts.withKeypoints;
    let crowd = counts.crowd;
    await list(counts.people, (i) => {
      // Of what is left of each kind, so that the counts come out exactly.
      const draw = random() * (counts.people - i);
      const kind = draw < labelled ? 'labelled' : draw < labelled + crowd ? 'crowd' : 'unlabelled';
      if (kind === 'labelled') labelled--;
      if (kind === 'crowd') crowd--;
      return annotation(annotationIds[i], imageIds[Math.floor(random() * imageIds.length)], kind, random);
    });
    await handle.write(`],"categories": [${JSON.stringify(CATEGORY)}]}`);
  } finally {
    await handle.close();
  }
}

const CATEGORY = {
  supercategory: 'person',
  id: 1,
  name: 'person',
  keypoints: COCO_SKELETON.keypoints,
  skeleton: COCO_SKELETON.limbs.map(([a, b]) => [a + 1, b + 1]),
};

function image(id: number): string {
  const name = `${String(id).padStart(12, '0')}.jpg`;
  const flickr = `http://farm${1 + (id % 9)}.staticflickr.com/${id % 10000}/${id * 7919}_${(id * 104729).toString(16)}_z.jpg`;
  return (
    `{"license": ${1 + (id % 8)},"file_name": "${name}","coco_url": "http://images.cocodataset.org/train2017/${name}",` +
    `"height": 480,"width": 640,"date_captured": "2013-11-14 17:02:52","flickr_url": "${flickr}","id": ${id}}`
  );
}

function annotation(id: number, imageId: number, kind: 'labelled' | 'unlabelled' | 'crowd', random: Random): string {
  const width = 10 + random() * 300;
  const height = 10 + random() * 300;
  const x = random() * (640 - width);
  const y = random() * (480 - height);
  const within = (from: number, length: number): string => (from + random() * length).toFixed(2);
  const keypoints = new Array<number>(3 * COCO_SKELETON.keypoints.length).fill(0);
  let numKeypoints = 0;
  if (kind === 'labelled') {
    for (let k = 0; k < keypoints.length; k += 3) {
      if (k > 0 && random() < 0.35) continue;
      numKeypoints++;
      keypoints[k] = Math.round(x + random() * width);
      keypoints[k + 1] = Math.round(y + random() * height);
      keypoints[k + 2] = random() < 0.2 ? 1 : 2;
    }
  }
  let segmentation: string;
  if (kind === 'crowd') {
    const counts = Array.from({ length: 400 }, () => Math.floor((random() * PIXELS) / 400));
    counts.push(PIXELS - counts.reduce((sum, count) => sum + count));
    segmentation = `{"counts": [${counts.join(',')}],"size": [480,640]}`;
  } else {
    const points = 3 + Math.floor(random() * 2 * ((kind === 'labelled' ? POINTS_LABELLED : POINTS_UNLABELLED) - 3));
    segmentation = `[[${Array.from({ length: points }, () => `${within(x, width)},${within(y, height)}`).join(',')}]]`;
  }
  const box = [x, y, width, height].map((value) => Number(value.toFixed(2)));
  return (
    `{"segmentation": ${segmentation},"num_keypoints": ${numKeypoints},"area": ${(box[2] * box[3] * 0.6).toFixed(5)},` +
    `"iscrowd": ${kind === 'crowd' ? 1 : 0},"keypoints": [${keypoints.join(',')}],"image_id": ${imageId},` +
    `"bbox": [${box.join(',')}],"category_id": 1,"id": ${id}}`
  );
}

function ascendingIds(length: number, step: number, random: Random): number[] {
  let id = 0;
  return Array.from({ length }, () => (id += 1 + Math.floor(random() * step)));
}
