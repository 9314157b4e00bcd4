import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cocoFile, imageFileName } from './coco-file';
import { DATA_VERSION, MANIFEST_FILE, readManifest, type Manifest, type SetOptions } from './manifest';
import type { ImageTask } from './render-image';
import { renderImages } from './render-images';
import { wholeNumber } from './sample-scene';
import { SyntheticCocoError } from './synthetic-coco-error';
import { writeAtomically } from './write-atomically';

export interface MakeSyntheticCocoOptions {
  /** Folder to write; new, empty, or one that this function made with the same options. */
  out: string;
  /** Whole number, 0 to 2^53 - 1; 0 unless told. */
  seed?: number;
  /** Images to train on. */
  train: number;
  /** Images held out. */
  val: number;
  /** [width, height] in pixels, each 64 to 4096; [256, 256] unless told. */
  imageSize?: [number, number];
  /** Most people in one image, 1 to 4; 4 unless told. */
  maxPeople?: number;
  /** 1 to 100; 88 unless told. */
  jpegQuality?: number;
  /** Called after each image. */
  onProgress?: (done: number, total: number) => void;
}

export interface SyntheticSplit {
  annotationFile: string;
  imageFolder: string;
  images: number;
  people: number;
}

export interface SyntheticCoco {
  root: string;
  train: SyntheticSplit;
  val: SyntheticSplit;
}

/** First image ids; they do not depend on the counts, so that a longer set starts with the shorter one. */
const FIRST_ID = { train: 1, val: 1_000_001 } as const;
const MOST_IMAGES = 1_000_000;
const SPLITS = ['train', 'val'] as const;

/**
 * Makes a data set in COCO's layout: `annotations/person_keypoints_{train,val}2017.json`, `train2017/`, `val2017/`.
 *
 * Image i of a split depends on (seed, split, i) and the size alone: more images extend a set, and the splits share none.
 * The annotation files are written last and atomically, so that a set which has them is complete; a run that was cut off
 * is made again. A complete set of the same options is left alone. Paths in the result are absolute.
 *
 * @throws SyntheticCocoError for an option out of range, or if `out` holds anything but a set of the same options
 *   (then nothing is written); file system errors come through as Node's
 */
export async function makeSyntheticCoco(options: MakeSyntheticCocoOptions): Promise<SyntheticCoco> {
  const set = checkOptions(options);
  const root = resolve(options.out);
  const split = (name: 'train' | 'val', people: number): SyntheticSplit => ({
    annotationFile: join(root, 'annotations', `person_keypoints_${name}2017.json`),
    imageFolder: join(root, `${name}2017`),
    images: set[name],
    people,
  });
  const result = (people: { train: number; val: number }): SyntheticCoco => ({
    root,
    train: split('train', people.train),
    val: split('val', people.val),
  });

  const found = await readManifest(root, set);
  if (found?.people) {
    const complete = result(found.people);
    if ((await isComplete(complete.train)) && (await isComplete(complete.val))) return complete;
  }
  const manifest: Manifest = { generator: '@pose/synthetic-coco', version: DATA_VERSION, options: set };
  const planned = result({ train: 0, val: 0 });
  await mkdir(join(root, 'annotations'), { recursive: true });
  await mkdir(planned.train.imageFolder, { recursive: true });
  await mkdir(planned.val.imageFolder, { recursive: true });
  await writeAtomically(join(root, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);

  const { seed, imageSize, maxPeople, jpegQuality } = set;
  const imageAt = (place: number): ImageTask => {
    const name = place < set.train ? 'train' : 'val';
    const index = name === 'train' ? place : place - set.train;
    const file = join(planned[name].imageFolder, imageFileName(FIRST_ID[name] + index));
    return { seed, split: name, index, imageSize, maxPeople, jpegQuality, file };
  };
  const perImage = await renderImages(set.train + set.val, imageAt, options.onProgress);
  const annotations = { train: perImage.slice(0, set.train), val: perImage.slice(set.train) };

  const people = { train: annotations.train.flat().length, val: annotations.val.flat().length };
  for (const name of SPLITS) {
    const description = `Synthetic people, seed ${set.seed}, ${name}`;
    const file = cocoFile(description, DATA_VERSION, FIRST_ID[name], set.imageSize, annotations[name]);
    await writeAtomically(planned[name].annotationFile, JSON.stringify(file));
  }
  await writeAtomically(join(root, MANIFEST_FILE), `${JSON.stringify({ ...manifest, people }, null, 2)}\n`);
  return result(people);
}

function checkOptions(options: MakeSyntheticCocoOptions): SetOptions {
  const { out, seed = 0, train, val, imageSize = [256, 256], maxPeople = 4, jpegQuality = 88 } = options;
  if (typeof out !== 'string' || out === '')
    throw new SyntheticCocoError(`Expected out to be a folder's path, found ${JSON.stringify(out)}`);
  wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  wholeNumber('train', train, 0, MOST_IMAGES);
  wholeNumber('val', val, 0, MOST_IMAGES);
  if (train + val === 0) throw new SyntheticCocoError('Expected train + val to be at least 1, found 0');
  if (!Array.isArray(imageSize) || imageSize.length !== 2)
    throw new SyntheticCocoError(`Expected imageSize to be [width, height], found ${JSON.stringify(imageSize)}`);
  imageSize.forEach((size, axis) => wholeNumber(`imageSize[${axis}]`, size, 64, 4096));
  wholeNumber('maxPeople', maxPeople, 1, 4);
  wholeNumber('jpegQuality', jpegQuality, 1, 100);
  return { seed, train, val, imageSize: [imageSize[0], imageSize[1]], maxPeople, jpegQuality };
}

async function isComplete({ annotationFile, imageFolder, images }: SyntheticSplit): Promise<boolean> {
  if (!existsSync(annotationFile) || !existsSync(imageFolder)) return false;
  const files = await readdir(imageFolder);
  return files.filter((file) => file.endsWith('.jpg')).length === images;
}
