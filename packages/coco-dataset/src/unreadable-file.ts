import { DatasetError } from './dataset-error';

/** The error for an annotation file that the file system does not give. */
export function unreadableFile(file: string, cause: unknown): DatasetError {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const reason = missing ? 'there is no such file' : (cause as Error).message;
  return new DatasetError(`${file}: expected a COCO annotation file, but ${reason}`, { cause });
}
