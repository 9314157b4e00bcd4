import { Workspace } from '../workspace';
import { writeCrops, type CropTask, type FailedImage } from './write-crops';

const workspace = new Workspace();

/** Runs in a worker thread, one task at a time. */
export default function run(task: CropTask): Promise<FailedImage[]> {
  return writeCrops(task, workspace);
}
