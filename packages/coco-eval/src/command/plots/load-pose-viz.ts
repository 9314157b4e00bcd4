import type * as poseViz from '@pose/pose-viz';
import type * as poseVizNode from '@pose/pose-viz/node';
import { PlotsError } from './plots-error';

type PoseViz = typeof poseViz & typeof poseVizNode;

/**
 * Loads the package that draws, which is optional, with its part that writes files.
 *
 * @throws PlotsError where it is not installed
 */
export async function loadPoseViz(load: () => Promise<PoseViz> = importBoth): Promise<PoseViz> {
  try {
    return await load();
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new PlotsError('--plots needs @pose/pose-viz: npm install @pose/pose-viz', { cause });
  }
}

async function importBoth(): Promise<PoseViz> {
  return { ...(await import('@pose/pose-viz')), ...(await import('@pose/pose-viz/node')) };
}
