import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { addonPath } from '../native/find-native';
import { LINK_FOLDER, readLink, recordName, type LinkRecord } from './link-record';

/** The addon that was there before the first link. */
const ORIGINAL = 'original.node';

/** A new folder on the disk of the package, so that files move from there into place by a rename. */
export function makeStage(root: string): string {
  mkdirSync(join(root, LINK_FOLDER), { recursive: true });
  return mkdtempSync(join(root, LINK_FOLDER, 'stage-'));
}

/** Removes the stage of a link that failed. */
export function removeStage(stage: string): void {
  rmSync(stage, { recursive: true, force: true });
  const folder = dirname(stage);
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

/**
 * Puts the staged addon into its place. The one step that changes what programs load is one rename: however this ends,
 * there is a whole addon, the old or the new one, and the record that belongs to it.
 */
export function swapIn(root: string, stage: string, stagedAddon: string, record: LinkRecord): void {
  const folder = join(root, LINK_FOLDER);
  const addon = addonPath(root);
  // A linked addon that is linked anew is not what `unlink` restores.
  if (readLink(root) === undefined) keepOriginal(addon, stage, join(folder, ORIGINAL));
  const name = recordName(stagedAddon);
  writeFileSync(join(stage, name), `${JSON.stringify(record, null, 2)}\n`);
  moveWhole(join(stage, name), join(folder, name));
  mkdirSync(dirname(addon), { recursive: true });
  moveWhole(stagedAddon, addon);
  for (const entry of readdirSync(folder)) {
    if (entry !== name && entry !== ORIGINAL) rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

/** Renames a file once its content is on the disk: after a power cut too there is all of it, or none. */
function moveWhole(staged: string, target: string): void {
  const file = openSync(staged, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(staged, target);
}

function keepOriginal(addon: string, stage: string, original: string): void {
  if (!existsSync(addon)) return rmSync(original, { force: true });
  const copy = join(stage, ORIGINAL);
  copyFileSync(addon, copy);
  moveWhole(copy, original);
}

/** Undoes `swapIn`. @returns whether there was an addon before the first link, which is back in its place now */
export function swapBack(root: string): boolean {
  const original = join(root, LINK_FOLDER, ORIGINAL);
  const addon = addonPath(root);
  const restored = existsSync(original);
  if (restored) renameSync(original, addon);
  else rmSync(addon);
  rmSync(join(root, LINK_FOLDER), { recursive: true, force: true });
  return restored;
}
