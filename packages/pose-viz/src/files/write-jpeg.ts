import type { Image } from '../picture/image';
import { encodeJpeg, type JpegOptions } from './encode-jpeg';
import { writeAtomically } from './write-atomically';

/**
 * Writes the picture as a JPEG file, all or nothing, as `writePng` does. Needs the package sharp.
 *
 * @param file  path; its folder must exist
 * @throws VizError as `encodeJpeg`, and when the file cannot be written (`cause` is the system's error)
 */
export async function writeJpeg(file: string, image: Image, options: JpegOptions = {}): Promise<void> {
  await writeAtomically(file, await encodeJpeg(image, options), 'writeJpeg');
}
