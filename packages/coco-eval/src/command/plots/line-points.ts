import type { ChartPoint } from '@pose/pose-viz';

/** A precision-recall curve up to the first recall that is not reached, and no line along the axis beyond. */
export function linePoints(recall: readonly number[], precision: readonly number[]): ChartPoint[] {
  return recall.map((r, i) => [r, i > 0 && precision[i - 1] === 0 ? null : precision[i]] as const);
}
