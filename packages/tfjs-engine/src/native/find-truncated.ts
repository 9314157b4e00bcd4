import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { addonPath } from './find-native';

/**
 * The first file of the addon and the libraries downloaded with it that is cut short; undefined where all are whole, or
 * on a system without ELF files. Loading such a file can end the process (SIGBUS), so it is not left to the loader.
 */
export function findTruncated(root: string): string | undefined {
  const libraries = join(root, 'deps/lib');
  const downloaded = existsSync(libraries)
    ? readdirSync(libraries)
        .filter((name) => name.includes('.so'))
        .map((name) => join(libraries, name))
    : [];
  return [addonPath(root), ...downloaded].find((file) => existsSync(file) && isTruncated(file));
}

/** The section headers of a 64-bit little-endian ELF file stand at its end (elf.h, Elf64_Ehdr). */
function isTruncated(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(64);
    if (readSync(file, header, 0, 64, 0) < 64) return true;
    if (header.readUInt32BE(0) !== 0x7f454c46 || header[4] !== 2 || header[5] !== 1) return false;
    const end = Number(header.readBigUInt64LE(40)) + header.readUInt16LE(58) * header.readUInt16LE(60);
    return fstatSync(file).size < end;
  } finally {
    closeSync(file);
  }
}
