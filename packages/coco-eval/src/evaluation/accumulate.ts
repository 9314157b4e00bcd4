import { evaluatedCategories, type EvalParams } from './eval-params';
import { IGNORED, TRUE_POSITIVE } from './matching';
import { sortByScore } from './sort-by-score';

/** Numbers in C order. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * What the matching leaves for the curves: how each detection counts. A cell is an image of a category, numbered
 * category * images + image; a slot is a place in the list of all detections, cell by cell, by falling score in each.
 */
export interface Tally {
  /** Slots of a cell: `start[cell]` up to `start[cell + 1]`. */
  readonly start: Int32Array;
  /** [D]: score of each slot. */
  readonly scores: Float64Array;
  /** [A, T, D]: FALSE_POSITIVE, TRUE_POSITIVE or IGNORED. */
  readonly outcome: Uint8Array;
  /** [K, A]: ground truths that count. */
  readonly positives: Float64Array;
}

/** Cells are -1 where a category has nothing to find in an area range. */
export interface Curves {
  /** [T, R, K, A, M]: precision at each recall threshold, after the envelope. */
  readonly precision: NumericArray;
  /** [T, K, A, M]: recall that all detections together reach. */
  readonly recall: NumericArray;
  /** [T, R, K, A, M]: score of the detection that reaches the recall threshold. */
  readonly scores: NumericArray;
  /** [K, A]: ground truths that count. */
  readonly npig: NumericArray;
}

/** Precision over recall of all images together (accumulate of pycocotools/cocoeval.py). */
export function accumulate(tally: Tally, params: EvalParams): Curves {
  const { start, scores: slotScores, outcome, positives } = tally;
  const { iouThrs, recThrs, maxDets } = params;
  const [T, R, M] = [iouThrs.length, recThrs.length, maxDets.length];
  const [K, A, I] = [evaluatedCategories(params).length, params.areaRng.length, params.imgIds.length];
  const filled = (shape: readonly number[]): NumericArray => ({
    shape,
    data: new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(-1),
  });
  const precision = filled([T, R, K, A, M]);
  const recall = filled([T, K, A, M]);
  const scores = filled([T, R, K, A, M]);
  const ranks = ranksOf(start);
  const curve = new Curve(slotScores.length);
  for (let k = 0; k < K; k++) {
    const ranked = slotsByScore(start[k * I], start[(k + 1) * I], slotScores);
    for (let a = 0; a < A; a++) {
      if (positives[k * A + a] === 0) continue;
      for (let m = 0; m < M; m++) {
        const best = m === M - 1 ? ranked : ranked.filter((slot) => ranks[slot] < maxDets[m]);
        for (let t = 0; t < T; t++) {
          curve.trace(outcome, (a * T + t) * slotScores.length, best, positives[k * A + a]);
          const column = (k * A + a) * M + m;
          recall.data[t * K * A * M + column] = curve.finalRecall;
          for (let r = 0, beyond = false; r < R; r++) {
            const cell = (t * R + r) * K * A * M + column;
            const at = curve.firstReaching(recThrs[r]);
            // pycocotools stops at the first recall that is not reached, in whatever order they are given.
            beyond ||= at === curve.length;
            precision.data[cell] = beyond ? 0 : curve.precision[at];
            scores.data[cell] = beyond ? 0 : slotScores[curve.slots[at]];
          }
        }
      }
    }
  }
  return { precision, recall, scores, npig: { shape: [K, A], data: positives } };
}

/** Rank of every slot within its cell. */
function ranksOf(start: Int32Array): Int32Array {
  const ranks = new Int32Array(start[start.length - 1]);
  for (let cell = 0; cell + 1 < start.length; cell++) {
    for (let slot = start[cell]; slot < start[cell + 1]; slot++) ranks[slot] = slot - start[cell];
  }
  return ranks;
}

/** Slots from `begin` up to `end` by falling score; ties in image order, then by rank. */
function slotsByScore(begin: number, end: number, slotScores: Float64Array): Int32Array {
  const slots = Int32Array.from({ length: end - begin }, (_, i) => begin + i);
  sortByScore(slots, slotScores);
  return slots;
}

/**
 * One precision-recall curve, with its buffers kept from curve to curve. Of its points only those are kept where recall
 * rises, and the first: at all others precision only falls, so that neither the envelope nor a recall threshold meets
 * them.
 */
class Curve {
  /** Number of points. */
  length = 0;
  /** After the envelope. */
  readonly precision: Float64Array;
  /** Slot of the detection at each point. */
  readonly slots: Int32Array;
  private readonly recalls: Float64Array;

  constructor(most: number) {
    this.precision = new Float64Array(most);
    this.slots = new Int32Array(most);
    this.recalls = new Float64Array(most);
  }

  get finalRecall(): number {
    return this.length === 0 ? 0 : this.recalls[this.length - 1];
  }

  /** Ignored detections stay in the list, as points that repeat the counts so far. */
  trace(outcome: Uint8Array, base: number, ranked: Int32Array, positives: number): void {
    const { precision, recalls, slots } = this;
    let points = 0;
    let truePositives = 0;
    let counted = 0;
    for (let i = 0; i < ranked.length; i++) {
      const what = outcome[base + ranked[i]];
      if (what !== IGNORED) counted++;
      if (what === TRUE_POSITIVE) truePositives++;
      else if (i > 0) continue;
      recalls[points] = truePositives / positives;
      precision[points] = truePositives / (counted + Number.EPSILON);
      slots[points++] = ranked[i];
    }
    for (let i = points - 1; i > 0; i--) {
      if (precision[i] > precision[i - 1]) precision[i - 1] = precision[i];
    }
    this.length = points;
  }

  /** The first point whose recall is at least this, the number of points where there is none. */
  firstReaching(recall: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.recalls[middle] < recall) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
