import type { StatDefinition } from './stats';

/** The twelve numbers of COCO's detection challenge, 0 to 1, or -1 where nothing was to be found. */
export interface BoxStats {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly APS: number;
  readonly APM: number;
  readonly APL: number;
  /** Recall with the smallest, the second and the third of `maxDets`: 1, 10 and 100 detections an image. */
  readonly AR1: number;
  readonly AR10: number;
  readonly AR100: number;
  readonly ARS: number;
  readonly ARM: number;
  readonly ARL: number;
}

const third = { place: 2 };

/** In the order of pycocotools' summary (cocoeval.py, _summarizeDets): AP alone looks for 100 by value. */
export const BOX_STATS: readonly StatDefinition<keyof BoxStats>[] = [
  { name: 'AP', of: 'precision', area: 'all', maxDets: { value: 100 } },
  { name: 'AP50', of: 'precision', iouThr: 0.5, area: 'all', maxDets: third },
  { name: 'AP75', of: 'precision', iouThr: 0.75, area: 'all', maxDets: third },
  { name: 'APS', of: 'precision', area: 'small', maxDets: third },
  { name: 'APM', of: 'precision', area: 'medium', maxDets: third },
  { name: 'APL', of: 'precision', area: 'large', maxDets: third },
  { name: 'AR1', of: 'recall', area: 'all', maxDets: { place: 0 } },
  { name: 'AR10', of: 'recall', area: 'all', maxDets: { place: 1 } },
  { name: 'AR100', of: 'recall', area: 'all', maxDets: third },
  { name: 'ARS', of: 'recall', area: 'small', maxDets: third },
  { name: 'ARM', of: 'recall', area: 'medium', maxDets: third },
  { name: 'ARL', of: 'recall', area: 'large', maxDets: third },
];
