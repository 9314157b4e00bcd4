/**
 * How stored pixels are to be shown, as EXIF counts: 1 as stored, 2 mirrored left to right, 3 turned by 180 degrees,
 * 4 mirrored top to bottom, 5 transposed, 6 turned by 90 degrees clockwise, 7 transposed over the other diagonal,
 * 8 turned by 90 degrees counter-clockwise (CIPA DC-008, tag 274 "Orientation").
 */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/**
 * The orientation in an EXIF block (a TIFF file; CIPA DC-008 section 4.5), 1 when it gives none that is valid.
 *
 * @param tiff  from the byte order mark, `II` or `MM`, on
 */
export function exifOrientation(tiff: Buffer): ExifOrientation {
  if (tiff.length < 8) return 1;
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const little = order === 'II';
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));

  const directory = u32(4);
  if (directory + 2 > tiff.length) return 1;
  const count = u16(directory);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.length) break;
    const SHORT = 3;
    if (u16(entry) === 274 && u16(entry + 2) === SHORT) return toExifOrientation(u16(entry + 8));
  }
  return 1;
}

/** A number that a file gives, or 1 when it is no orientation. */
export function toExifOrientation(value: number | undefined): ExifOrientation {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as ExifOrientation) : 1;
}
