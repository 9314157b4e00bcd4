import { existsSync } from 'node:fs';
import path from 'node:path';
import { goldenFolder } from '@pose/golden-cases';

/** A file of the evaluation's reference numbers: of the folder that POSE_GOLDEN names where it is there, else our copy of a part. */
export function goldenFile(name: string): string {
  const copies = path.join(__dirname, 'fixtures/coco-eval');
  const file = path.join(goldenFolder('coco-eval', copies), name);
  return existsSync(file) ? file : path.join(copies, name);
}
