import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SyntheticCocoError } from './synthetic-coco-error';

/** Raised whenever the same options would give other bytes. */
export const DATA_VERSION = '2';
export const MANIFEST_FILE = 'synthetic.json';

/** What decides the content of a set. */
export interface SetOptions {
  seed: number;
  train: number;
  val: number;
  imageSize: [number, number];
  maxPeople: number;
  jpegQuality: number;
}

/** `synthetic.json`: marks a folder as ours, and what is or will be in it. */
export interface Manifest {
  generator: '@pose/synthetic-coco';
  version: string;
  options: SetOptions;
  /** People per split; there once every file is written. */
  people?: { train: number; val: number };
}

/**
 * Looks at the output folder: undefined if it is new or empty, otherwise its manifest.
 *
 * @throws SyntheticCocoError when the folder is not ours, or holds a set of other options
 */
export async function readManifest(root: string, options: SetOptions): Promise<Manifest | undefined> {
  const path = join(root, MANIFEST_FILE);
  if (!existsSync(path)) {
    if (existsSync(root) && (await readdir(root)).length > 0)
      throw new SyntheticCocoError(
        `Expected ${root} to be new, empty or a synthetic set (with ${MANIFEST_FILE}), found other files; nothing was written`,
      );
    return undefined;
  }
  let found: Partial<Manifest> | null;
  try {
    found = JSON.parse(await readFile(path, 'utf8')) as Partial<Manifest> | null;
  } catch (error) {
    throw new SyntheticCocoError(`Expected JSON in ${path}, found: ${(error as Error).message}; nothing was written`);
  }
  const wanted: Manifest = { generator: '@pose/synthetic-coco', version: DATA_VERSION, options };
  const differences = [
    ...differ('generator', wanted.generator, found?.generator),
    ...differ('version', wanted.version, found?.version),
    ...(Object.keys(options) as (keyof SetOptions)[]).flatMap((key) =>
      differ(key, options[key], found?.options?.[key]),
    ),
  ];
  if (differences.length > 0)
    throw new SyntheticCocoError(
      `Expected ${path} to describe the set that was asked for, found ${differences.join(', ')}; ` +
        'choose another folder or remove this one; nothing was written',
    );
  return found as Manifest;
}

function differ(name: string, wanted: unknown, found: unknown): string[] {
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(found)];
  return a === b ? [] : [`${name} ${b} instead of ${a}`];
}
