import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for the calling file; gone after its tests. */
export function temporaryFolder(): (...parts: string[]) => string {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trainer-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return (...parts) => join(folder, ...parts);
}
