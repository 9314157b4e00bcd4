import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addonPath } from '../native/find-native';

/** What an addon was linked to. */
export interface LinkRecord {
  /** TensorFlow's own version. */
  tensorflow: string;
  /** The TensorFlow library that the addon loads from its place; it must stay there. */
  library: string;
  /** The option and value that link it again. */
  option: '--python' | '--libtensorflow';
  value: string;
  compiler: string;
  /** Node.js version that linked it. */
  node: string;
  /** ISO 8601. */
  linkedAt: string;
}

/** In the package's folder: the records, and the addon that was there before. */
export const LINK_FOLDER = 'pose-link';

/**
 * A record bears the addon's SHA-256 as its name: it speaks of that addon only, not of one that came into its place
 * later, nor of the one that was there when a link broke off.
 */
export function recordName(addon: string): string {
  return `${createHash('sha256').update(readFileSync(addon)).digest('hex')}.json`;
}

/** What the addon of the package in this folder was linked to; undefined where it was downloaded, or is not there. */
export function readLink(root: string): LinkRecord | undefined {
  const addon = addonPath(root);
  if (!existsSync(join(root, LINK_FOLDER)) || !existsSync(addon)) return undefined;
  const record = join(root, LINK_FOLDER, recordName(addon));
  return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as LinkRecord) : undefined;
}
