import { join } from 'node:path';

/** The folder of a family of cases: in the one that POSE_GOLDEN names when that is set, else the package's own fixtures. */
export function goldenFolder(family: 'pipeline' | 'models' | 'coco-eval', fixtures: string): string {
  return process.env.POSE_GOLDEN ? join(process.env.POSE_GOLDEN, family) : fixtures;
}
