import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own for each test of the calling file; gone after the test. */
export function temporaryFolder(): (name: string) => string {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'coco-dataset-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return (name) => path.join(folder, name);
}
