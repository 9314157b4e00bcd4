import { generateAnnotations, VAL2017 } from './generate-annotations';
import { generateDetections } from './generate-detections';
const n = Number(process.argv[2]);
await generateAnnotations(
  `/tmp/r5/gt${n}.json`,
  {
    images: VAL2017.images * n,
    people: VAL2017.people * n,
    withKeypoints: VAL2017.withKeypoints * n,
    crowd: VAL2017.crowd * n,
  },
  1,
);
await generateDetections(`/tmp/r5/gt${n}.json`, `/tmp/r5/dt${n}.json`, 104125 * n, 2);
