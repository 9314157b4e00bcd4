import { checkFile } from './annotation-checks/check-file';
import { noteAll } from './annotation-checks/findings';
import type { CocoColumns } from './columns/coco-columns';
import { readColumns } from './columns/read-columns';
import { DefectError } from './defect-error';
import { lazyCocoKeypoints, type OpenedCocoKeypoints } from './lazy-coco-keypoints';

export async function readCocoKeypoints(file: string): Promise<OpenedCocoKeypoints> {
  return lazyCocoKeypoints(file, await columnsOf(file), 'json');
}

async function columnsOf(file: string): Promise<CocoColumns> {
  try {
    return await readColumns(file);
  } catch (error) {
    if (!(error instanceof DefectError)) throw error;
    // Found in passing, before all of the file was known: which error stands first, and what to say of it, is checked anew.
    let first: DefectError | undefined;
    await checkFile(
      file,
      noteAll((severity, defect) => {
        if (severity === 'error') first ??= defect;
      }),
    );
    throw first ?? error;
  }
}
