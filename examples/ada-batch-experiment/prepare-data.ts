import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COCO_SKELETON } from '@pose/coco-dataset';
import { makeSyntheticCoco, type CocoFile } from '@pose/synthetic-coco';
import { corruptAnnotations } from './corrupt-annotations';
import type { Settings } from './options';

export const CLEAN_SPLIT = 'train2017';
export const corruptedSplit = (seed: number) => `${CLEAN_SPLIT}-corrupted-${seed}`;

const DATA_SEED = 1;

/**
 * Renders the images, and writes a corrupted annotation file for each seed beside the clean one. The corrupted split's
 * image folder is a link to the clean one's.
 *
 * @returns the COCO root
 */
export async function prepareData(
  out: string,
  { people: train, valPeople: val, corrupt: share }: Settings,
  seeds: readonly number[],
): Promise<string> {
  const { root, train: clean } = await makeSyntheticCoco({
    out: join(out, 'data'),
    seed: DATA_SEED,
    train,
    val,
    maxPeople: 1,
  });
  const file = JSON.parse(await readFile(clean.annotationFile, 'utf8')) as CocoFile;
  for (const seed of seeds) {
    const corrupted = corruptAnnotations(file, { share, seed, flipPairs: COCO_SKELETON.flipPairs });
    const annotationFile = join(root, 'annotations', `person_keypoints_${corruptedSplit(seed)}.json`);
    await writeFile(annotationFile, JSON.stringify(corrupted));
    const images = join(root, corruptedSplit(seed));
    if (!existsSync(images)) await symlink(clean.imageFolder, images, 'junction');
  }
  return root;
}
