/**
 * Opens an annotation file in this process of its own, for annotations.ts; prints one JSON object.
 *
 *   node open-annotations.mjs person_keypoints_train2017.json
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { readCocoKeypoints } from '@pose/coco-dataset';

const megabytes = () => process.resourceUsage().maxRSS / 1024;
const start = performance.now();
const coco = await readCocoKeypoints(process.argv[2], { index: true });
const opened = performance.now();
const peakMegabytes = megabytes();
const people = coco.annotations.length;
void coco.images;
const made = performance.now();
console.log(
  JSON.stringify({
    openedFrom: coco.openedFrom,
    people,
    seconds: (opened - start) / 1000,
    peakMegabytes,
    secondsWithObjects: (made - start) / 1000,
    peakMegabytesWithObjects: megabytes(),
  }),
);
