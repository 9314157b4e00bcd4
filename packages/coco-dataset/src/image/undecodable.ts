import { DatasetError } from '../dataset-error';

/** The error for a file whose bytes a decoder refuses. */
export function undecodable(file: string, length: number, cause: unknown): DatasetError {
  // libvips repeats a line for every pass over the file.
  const reason = [...new Set((cause as Error).message.trim().split('\n'))].join('; ');
  return new DatasetError(
    `${file}: expected a whole image, but decoding ${length} bytes failed: ${reason}. ` +
      `Fetch the file again, or take its image out of the annotations`,
    { cause },
  );
}
