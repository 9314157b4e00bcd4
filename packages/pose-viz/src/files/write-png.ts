import { encodePng } from './encode-png';
import type { Image } from '../picture/image';
import { writeAtomically } from './write-atomically';

/**
 * Writes the picture as a PNG file, all or nothing: an earlier file of that name stays as it was when something fails.
 *
 * @param file  path; its folder must exist
 * @throws VizError when the image is bad or the file cannot be written (`cause` is the system's error)
 */
export async function writePng(file: string, image: Image): Promise<void> {
  await writeAtomically(file, encodePng(image), 'writePng');
}
