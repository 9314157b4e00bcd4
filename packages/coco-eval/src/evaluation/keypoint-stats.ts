import type { StatDefinition } from './stats';

/** The ten numbers of COCO's keypoint challenge under pycocotools' names, 0 to 1, or -1 where nothing was to be found. */
export interface KeypointStats {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly APM: number;
  readonly APL: number;
  readonly AR: number;
  readonly AR50: number;
  readonly AR75: number;
  readonly ARM: number;
  readonly ARL: number;
}

const maxDets = { value: 20 };

/** In the order of pycocotools' summary (cocoeval.py, _summarizeKps). */
export const KEYPOINT_STATS: readonly StatDefinition<keyof KeypointStats>[] = [
  { name: 'AP', of: 'precision', area: 'all', maxDets },
  { name: 'AP50', of: 'precision', iouThr: 0.5, area: 'all', maxDets },
  { name: 'AP75', of: 'precision', iouThr: 0.75, area: 'all', maxDets },
  { name: 'APM', of: 'precision', area: 'medium', maxDets },
  { name: 'APL', of: 'precision', area: 'large', maxDets },
  { name: 'AR', of: 'recall', area: 'all', maxDets },
  { name: 'AR50', of: 'recall', iouThr: 0.5, area: 'all', maxDets },
  { name: 'AR75', of: 'recall', iouThr: 0.75, area: 'all', maxDets },
  { name: 'ARM', of: 'recall', area: 'medium', maxDets },
  { name: 'ARL', of: 'recall', area: 'large', maxDets },
];
