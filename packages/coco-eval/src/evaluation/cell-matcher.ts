import type { MatchInput } from './matching';

/** Below this a perfect detection is still matched at a threshold of 1 (pycocotools/cocoeval.py, evaluateImg). */
const ALMOST_ONE = 1 - 1e-10;

/**
 * Greedy matching by falling score in one cell at a time (evaluateImg of pycocotools/cocoeval.py). Detections and ground
 * truths are numbered within the cell, from 0: those by falling score, these in file order. Its arrays are used again and
 * again, so they are longer than the cell and hold it in their first places.
 */
export class CellMatcher {
  /** Detections that are like enough to something for the lowest threshold, in the first `count` places; most are not. */
  candidates = new Int32Array(64);
  count = 0;
  /** The ground truths: those that count, then those ignored in the area range. */
  order = new Int32Array(64);
  /** By ground truth: 1 where ignored in the area range. */
  ignored = new Uint8Array(64);
  /** By detection: the ground truth that it took, or -1. */
  taken = new Int32Array(64);
  /** By ground truth: the detection that took it last, or -1. */
  takenBy = new Int32Array(64);
  /** What each candidate resembles most. */
  private highest = new Float64Array(64);
  private readonly lowest: number;
  private cell = 0;
  private detections = 0;
  private people = 0;
  /** How many ground truths count. */
  private regular = 0;

  constructor(private readonly input: MatchInput) {
    this.lowest = Math.min(...input.thresholds, ALMOST_ONE);
  }

  enter(cell: number): void {
    const { detections, groundTruths, similarities } = this.input;
    this.cell = cell;
    this.detections = detections.start[cell + 1] - detections.start[cell];
    this.people = groundTruths.start[cell + 1] - groundTruths.start[cell];
    this.reserve(Math.max(this.detections, this.people));
    this.count = 0;
    let at = similarities.offsets[cell];
    if (at < 0) return;
    for (let d = 0; d < this.detections; d++) {
      let highest = -Infinity;
      for (const end = at + this.people; at < end; at++) {
        if (similarities.values[at] > highest) highest = similarities.values[at];
      }
      if (highest < this.lowest) continue;
      this.candidates[this.count] = d;
      this.highest[this.count++] = highest;
    }
  }

  /** Puts the ground truths that an area range ignores behind the others, both in file order. */
  orderFor(a: number): void {
    const { groundTruths, groundTruthAreas, areaRng } = this.input;
    const { order, ignored, people } = this;
    const first = groundTruths.start[this.cell];
    const [low, high] = areaRng[a];
    let regular = 0;
    for (let g = 0; g < people; g++) {
      const row = groundTruths.rows[first + g];
      const area = groundTruthAreas[row];
      ignored[g] = this.input.ignored[row] === 1 || area < low || area > high ? 1 : 0;
      if (ignored[g] === 0) order[regular++] = g;
    }
    this.regular = regular;
    for (let g = 0, end = regular; g < people; g++) if (ignored[g] === 1) order[end++] = g;
  }

  /** Fills `taken` and `takenBy` for a threshold, in the area range of the last `orderFor`. */
  match(t: number): void {
    const { groundTruths, crowds, similarities, thresholds } = this.input;
    const { candidates, highest, order, taken, takenBy, regular, people } = this;
    const { values } = similarities;
    const offset = similarities.offsets[this.cell];
    const first = groundTruths.start[this.cell];
    const threshold = Math.min(thresholds[t], ALMOST_ONE);
    for (let d = 0; d < this.detections; d++) taken[d] = -1;
    for (let g = 0; g < people; g++) takenBy[g] = -1;
    for (let candidate = 0; candidate < this.count; candidate++) {
      if (highest[candidate] < threshold) continue;
      const d = candidates[candidate];
      const row = offset + d * people;
      let best = threshold;
      let held = -1;
      // An equal similarity moves on to the later one: only lower ones are passed over.
      for (let i = 0; i < regular; i++) {
        const g = order[i];
        if (takenBy[g] >= 0) continue;
        const similarity = values[row + g];
        if (similarity < best) continue;
        best = similarity;
        held = g;
      }
      // The ignored are looked at only where none that counts is good enough; crowds can be taken again and again.
      if (held < 0) {
        for (let i = regular; i < people; i++) {
          const g = order[i];
          if (takenBy[g] >= 0 && crowds[groundTruths.rows[first + g]] === 0) continue;
          const similarity = values[row + g];
          if (similarity < best) continue;
          best = similarity;
          held = g;
        }
      }
      if (held < 0) continue;
      taken[d] = held;
      takenBy[held] = d;
    }
  }

  private reserve(size: number): void {
    if (size <= this.order.length) return;
    this.candidates = new Int32Array(2 * size);
    this.highest = new Float64Array(2 * size);
    this.order = new Int32Array(2 * size);
    this.ignored = new Uint8Array(2 * size);
    this.taken = new Int32Array(2 * size);
    this.takenBy = new Int32Array(2 * size);
  }
}
