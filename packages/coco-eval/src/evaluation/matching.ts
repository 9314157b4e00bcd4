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
  const cellCount = detections.start.length - 1;
  const highest = highestSimilarities(input);
  for (let a = 0; a < A; a++) {
    for (let cell = 0; cell < cellCount; cell++) {
      const regularEnd = orderByIgnored(input, matches, a, cell);
      if (input.similarities.offsets[cell] < 0) continue;
      for (let t = 0; t < T; t++) matchCell(input, matches, highest, a, t, cell, regularEnd);
    }
    judge(input, matches, a);
  }
  return matches;
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

/** [D]: the most that each detection resembles anything, for most resemble nothing enough. */
function highestSimilarities({
  detections,
  groundTruths,
  similarities: { offsets, values },
}: MatchInput): Float64Array {
  const highest = new Float64Array(detections.rows.length);
  for (let cell = 0; cell + 1 < detections.start.length; cell++) {
    if (offsets[cell] < 0) continue;
    const stride = groundTruths.start[cell + 1] - groundTruths.start[cell];
    let at = offsets[cell];
    for (let d = detections.start[cell]; d < detections.start[cell + 1]; d++) {
      for (const end = at + stride; at < end; at++) if (values[at] > highest[d]) highest[d] = values[at];
    }
  }
  return highest;
}

function matchCell(
  input: MatchInput,
  matches: Matches,
  highest: Float64Array,
  a: number,
  t: number,
  cell: number,
  regularEnd: number,
): void {
  const { detections, groundTruths, crowds, thresholds } = input;
  const { offsets, values } = input.similarities;
  const { order, ofDetection, ofGroundTruth } = matches;
  const first = groundTruths.start[cell];
  const last = groundTruths.start[cell + 1];
  const lastDetection = detections.start[cell + 1];
  const orderBase = a * groundTruths.rows.length;
  const gtBase = (a * thresholds.length + t) * groundTruths.rows.length;
  const dtBase = (a * thresholds.length + t) * detections.rows.length;
  const threshold = Math.min(thresholds[t], 1 - 1e-10);
  let row = offsets[cell] - first;
  for (let d = detections.start[cell]; d < lastDetection; d++, row += last - first) {
    if (highest[d] < threshold) continue;
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
    if (held >= 0) {
      ofDetection[dtBase + d] = held;
      ofGroundTruth[gtBase + held] = d;
    }
  }
}

/** A match is pycocotools' only if the id is not 0, its sign for "none"; unmatched out of the area range is ignored. */
function judge(input: MatchInput, matches: Matches, a: number): void {
  const { detections, groundTruths, groundTruthIds, detectionAreas, areaRng, thresholds } = input;
  const { ofDetection, ignored, outcome } = matches;
  const [low, high] = areaRng[a];
  const D = detections.rows.length;
  const ignoredBase = a * groundTruths.rows.length;
  for (let d = 0; d < D; d++) {
    const area = detectionAreas[detections.rows[d]];
    const unmatched = area < low || area > high ? IGNORED : FALSE_POSITIVE;
    for (let at = a * thresholds.length * D + d, t = 0; t < thresholds.length; t++, at += D) {
      const held = ofDetection[at];
      if (held < 0) outcome[at] = unmatched;
      else if (ignored[ignoredBase + held] === 1) outcome[at] = IGNORED;
      else outcome[at] = groundTruthIds[groundTruths.rows[held]] === 0 ? unmatched : TRUE_POSITIVE;
    }
  }
}
