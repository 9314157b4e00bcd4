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

/** Matches of A area ranges, T thresholds, D detection slots, G ground-truth slots. */
export interface Matches {
  /** [A, G]: the slots of each cell, those that count before those ignored. */
  readonly order: Int32Array;
  /** [A, G], by slot: 1 where ignored in this area range. */
  readonly ignored: Uint8Array;
  /** [A, T, D]: ground-truth slot that the detection took, or -1. */
  readonly ofDetection: Int32Array;
  /** [A, T, G], by slot: detection slot that took it last, or -1. */
  readonly ofGroundTruth: Int32Array;
  /** [A, T, D]: FALSE_POSITIVE, TRUE_POSITIVE or IGNORED. */
  readonly outcome: Uint8Array;
}

/** Greedy matching by falling score (evaluateImg of pycocotools/cocoeval.py), for every cell, area range and threshold. */
export function matchCells(input: MatchInput): Matches {
  const { detections, groundTruths, areaRng, thresholds } = input;
  const [A, T, D, G] = [areaRng.length, thresholds.length, detections.rows.length, groundTruths.rows.length];
  const matches: Matches = {
    order: new Int32Array(A * G),
    ignored: new Uint8Array(A * G),
    ofDetection: new Int32Array(A * T * D).fill(-1),
    ofGroundTruth: new Int32Array(A * T * G).fill(-1),
    outcome: new Uint8Array(A * T * D),
  };
  for (let a = 0; a < A; a++) judgeUnmatched(input, matches, a);
  const candidates = new Candidates(input);
  for (let cell = 0; cell + 1 < detections.start.length; cell++) {
    candidates.find(cell);
    for (let a = 0; a < A; a++) {
      const regularEnd = orderByIgnored(input, matches, a, cell);
      for (let t = 0; t < T && candidates.count > 0; t++) {
        matchCell(input, matches, candidates, a, t, cell, regularEnd);
      }
    }
  }
  return matches;
}

/** Every detection as if it were matched with nothing: ignored out of the area range, a false positive in it. */
function judgeUnmatched(input: MatchInput, { outcome }: Matches, a: number): void {
  const { detections, detectionAreas, areaRng, thresholds } = input;
  const [low, high] = areaRng[a];
  const unmatched = new Uint8Array(detections.rows.length);
  for (let d = 0; d < unmatched.length; d++) {
    const area = detectionAreas[detections.rows[d]];
    unmatched[d] = area < low || area > high ? IGNORED : FALSE_POSITIVE;
  }
  for (let t = 0; t < thresholds.length; t++) outcome.set(unmatched, (a * thresholds.length + t) * unmatched.length);
}

/** The detections of a cell that are like enough to something for the lowest threshold; most are not. */
class Candidates {
  /** Their slots, by falling score, and what they resemble most, in the first `count` places. */
  slots = new Int32Array(64);
  highest = new Float64Array(64);
  count = 0;
  private readonly lowest: number;

  constructor(private readonly input: MatchInput) {
    this.lowest = Math.min(...input.thresholds, 1 - 1e-10);
  }

  find(cell: number): void {
    const { detections, groundTruths, similarities } = this.input;
    const { values, offsets } = similarities;
    this.count = 0;
    if (offsets[cell] < 0) return;
    const first = detections.start[cell];
    const end = detections.start[cell + 1];
    const stride = groundTruths.start[cell + 1] - groundTruths.start[cell];
    if (this.slots.length < end - first) {
      this.slots = new Int32Array(2 * (end - first));
      this.highest = new Float64Array(2 * (end - first));
    }
    let at = offsets[cell];
    for (let d = first; d < end; d++) {
      let highest = -Infinity;
      for (const rowEnd = at + stride; at < rowEnd; at++) if (values[at] > highest) highest = values[at];
      if (highest < this.lowest) continue;
      this.slots[this.count] = d;
      this.highest[this.count++] = highest;
    }
  }
}

/** Puts the ignored of a cell behind the others, both in file order; returns where they begin. */
function orderByIgnored(input: MatchInput, matches: Matches, a: number, cell: number): number {
  const { start, rows } = input.groundTruths;
  const [low, high] = input.areaRng[a];
  const base = a * rows.length;
  let regularEnd = start[cell];
  for (let slot = start[cell]; slot < start[cell + 1]; slot++) {
    const area = input.groundTruthAreas[rows[slot]];
    const ignored = input.ignored[rows[slot]] === 1 || area < low || area > high;
    matches.ignored[base + slot] = ignored ? 1 : 0;
    if (!ignored) matches.order[base + regularEnd++] = slot;
  }
  let end = regularEnd;
  for (let slot = start[cell]; slot < start[cell + 1]; slot++) {
    if (matches.ignored[base + slot] === 1) matches.order[base + end++] = slot;
  }
  return regularEnd;
}

function matchCell(
  input: MatchInput,
  matches: Matches,
  { slots, highest, count }: Candidates,
  a: number,
  t: number,
  cell: number,
  regularEnd: number,
): void {
  const { detections, groundTruths, groundTruthIds, crowds, thresholds } = input;
  const { offsets, values } = input.similarities;
  const { order, ofDetection, ofGroundTruth, ignored, outcome } = matches;
  const first = groundTruths.start[cell];
  const last = groundTruths.start[cell + 1];
  const orderBase = a * groundTruths.rows.length;
  const gtBase = (a * thresholds.length + t) * groundTruths.rows.length;
  const dtBase = (a * thresholds.length + t) * detections.rows.length;
  const threshold = Math.min(thresholds[t], 1 - 1e-10);
  for (let candidate = 0; candidate < count; candidate++) {
    if (highest[candidate] < threshold) continue;
    const d = slots[candidate];
    const row = offsets[cell] + (d - detections.start[cell]) * (last - first) - first;
    let best = threshold;
    let held = -1;
    // An equal similarity moves on to the later one: only lower ones are passed over.
    for (let i = first; i < regularEnd; i++) {
      const g = order[orderBase + i];
      if (ofGroundTruth[gtBase + g] >= 0) continue;
      const similarity = values[row + g];
      if (similarity < best) continue;
      best = similarity;
      held = g;
    }
    // The ignored are looked at only where none that counts is good enough; crowds can be taken again and again.
    if (held < 0) {
      for (let i = regularEnd; i < last; i++) {
        const g = order[orderBase + i];
        if (ofGroundTruth[gtBase + g] >= 0 && crowds[groundTruths.rows[g]] === 0) continue;
        const similarity = values[row + g];
        if (similarity < best) continue;
        best = similarity;
        held = g;
      }
    }
    if (held < 0) continue;
    ofDetection[dtBase + d] = held;
    ofGroundTruth[gtBase + held] = d;
    // The id 0 is pycocotools' sign for "none": a match with it changes nothing for the detection.
    if (ignored[orderBase + held] === 1) outcome[dtBase + d] = IGNORED;
    else if (groundTruthIds[groundTruths.rows[held]] !== 0) outcome[dtBase + d] = TRUE_POSITIVE;
  }
}
