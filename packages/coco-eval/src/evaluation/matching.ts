import { CellMatcher } from './cell-matcher';
import type { Cells } from './cells';

/** What a detection counts as at a threshold. */
export const FALSE_POSITIVE = 0;
export const TRUE_POSITIVE = 1;
export const IGNORED = 2;

/** Both sides of the matching, cell by cell. A "slot" is a position in `rows` of its side's cells. */
export interface MatchInput {
  /** Detections of each cell by falling score, cut to the largest maxDets. */
  readonly detections: Cells;
  readonly detectionAreas: Float64Array;
  readonly groundTruths: Cells;
  readonly groundTruthIds: Float64Array;
  readonly groundTruthAreas: Float64Array;
  readonly ignored: Uint8Array;
  readonly crowds: Uint8Array;
  /** Per cell the offset of its matrix [detection, ground truth] in `values`, or -1 where there is none. */
  readonly similarities: { readonly offsets: Float64Array; readonly values: Float64Array };
  readonly areaRng: readonly (readonly [number, number])[];
  readonly thresholds: readonly number[];
}

/** How everything counts: A area ranges, T thresholds, D detection slots, G ground-truth slots. */
export interface Outcomes {
  /** [A, G]: 1 where ignored in this area range. */
  readonly ignored: Uint8Array;
  /** [A, T, D]: FALSE_POSITIVE, TRUE_POSITIVE or IGNORED. */
  readonly outcome: Uint8Array;
}

/**
 * Matches every cell for every area range and threshold. Who took whom is not kept: it would be most of the memory of an
 * evaluation, and `CellMatcher` finds it again for the few who ask.
 */
export function matchCells(input: MatchInput): Outcomes {
  const { detections, groundTruths, groundTruthIds, areaRng, thresholds } = input;
  const [A, T, D, G] = [areaRng.length, thresholds.length, detections.rows.length, groundTruths.rows.length];
  const ignored = new Uint8Array(A * G);
  const outcome = new Uint8Array(A * T * D);
  for (let a = 0; a < A; a++) judgeUnmatched(input, outcome, a);
  const matcher = new CellMatcher(input);
  for (let cell = 0; cell + 1 < detections.start.length; cell++) {
    const firstDetection = detections.start[cell];
    const firstPerson = groundTruths.start[cell];
    const people = groundTruths.start[cell + 1] - firstPerson;
    matcher.enter(cell);
    for (let a = 0; a < A; a++) {
      matcher.orderFor(a);
      for (let g = 0; g < people; g++) ignored[a * G + firstPerson + g] = matcher.ignored[g];
      for (let t = 0; t < T && matcher.count > 0; t++) {
        matcher.match(t);
        const base = (a * T + t) * D + firstDetection;
        for (let candidate = 0; candidate < matcher.count; candidate++) {
          const d = matcher.candidates[candidate];
          const held = matcher.taken[d];
          if (held < 0) continue;
          // The id 0 is pycocotools' sign for "none": a match with it changes nothing for the detection.
          if (matcher.ignored[held] === 1) outcome[base + d] = IGNORED;
          else if (groundTruthIds[groundTruths.rows[firstPerson + held]] !== 0) outcome[base + d] = TRUE_POSITIVE;
        }
      }
    }
  }
  return { ignored, outcome };
}

/** Every detection as if it were matched with nothing: ignored out of the area range, a false positive in it. */
function judgeUnmatched(input: MatchInput, outcome: Uint8Array, a: number): void {
  const { detections, detectionAreas, areaRng, thresholds } = input;
  const [low, high] = areaRng[a];
  const unmatched = new Uint8Array(detections.rows.length);
  for (let d = 0; d < unmatched.length; d++) {
    const area = detectionAreas[detections.rows[d]];
    unmatched[d] = area < low || area > high ? IGNORED : FALSE_POSITIVE;
  }
  for (let t = 0; t < thresholds.length; t++) outcome.set(unmatched, (a * thresholds.length + t) * unmatched.length);
}
