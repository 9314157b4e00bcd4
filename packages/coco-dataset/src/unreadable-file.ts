import { DatasetError } from './dataset-error';

/** The error for a file that the file system does not give; `what` is what it should be. */
export function unreadableFile(file: string, cause: unknown, what = 'a COCO annotation file'): DatasetError {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const reason = missing ? 'there is no such file' : (cause as Error).message;
  return new DatasetError(`${file}: expected ${what}, but ${reason}`, { cause });
}
