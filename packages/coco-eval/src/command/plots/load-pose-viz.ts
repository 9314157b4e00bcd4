import type * as poseViz from '@pose/pose-viz';
import { PlotsError } from './plots-error';

type PoseViz = typeof poseViz;

/**
 * Loads the package that draws, which is optional.
 *
 * @throws PlotsError where it is not installed
 */
export async function loadPoseViz(load: () => Promise<PoseViz> = () => import('@pose/pose-viz')): Promise<PoseViz> {
  try {
    return await load();
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new PlotsError('--plots needs @pose/pose-viz: npm install @pose/pose-viz', { cause });
  }
}
