import { writeFileSync } from 'node:fs';
import { COCO_SKELETON, DatasetError, parseCocoKeypoints, readImage } from '@pose/coco-dataset';

async function main() {
  if (COCO_SKELETON.keypoints.length !== 17) throw new Error('the COCO skeleton has 17 keypoints');

  // A PNG of two pixels, red and blue
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR42mP4zwAE/wEHAAH/PX2MSQAAAABJRU5ErkJggg==';
  writeFileSync('two-pixels.png', png, 'base64');
  const image = await readImage('two-pixels.png');
  if (Array.from(image.data).join() !== '255,0,0,0,0,255') throw new Error(`pixels: ${image.data.join()}`);

  try {
    parseCocoKeypoints({}, 'annotations.json');
  } catch (error) {
    if (error instanceof DatasetError) return;
  }
  throw new Error('an annotation file without images was accepted');
}

await main();
