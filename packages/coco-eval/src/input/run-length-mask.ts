import type { CocoRle } from './coco-types';
import { fail, isFiniteNumber, isList } from './json-checks';

/** Area and extents of a mask in pixels. */
export interface MaskMeasures {
  readonly area: number;
  /** [x, y, width, height], zeros for an empty mask. */
  readonly bbox: readonly [number, number, number, number];
}

/**
 * Measures a compressed run-length mask without unpacking its pixels (format: cocodataset/cocoapi common/maskApi.c,
 * rleFrString: six bits a character from code 48 on, five of value and one "more"; runs from the fourth on are
 * differences to the run two before; runs go down the columns and alternate between outside and inside).
 *
 * @param mask the mask
 * @param path where it stands, for the error
 * @throws CocoEvalError when it is not such a mask
 */
export function measureMask(mask: unknown, path: string): MaskMeasures {
  const { size, counts } = (mask ?? {}) as Partial<CocoRle>;
  if (typeof counts !== 'string' || !isList(size) || !isFiniteNumber(size[0]) || !isFiniteNumber(size[1])) {
    fail('detections', path, 'a compressed run-length mask {size: [height, width], counts: string}', mask);
  }
  const [height, width] = size;
  let [area, left, top, right, bottom] = [0, Infinity, Infinity, -Infinity, -Infinity];
  let position = 0;
  decodeRuns(counts).forEach((run, index) => {
    const last = position + run - 1;
    if (index % 2 === 1 && run > 0) {
      const firstColumn = Math.floor(position / height);
      const lastColumn = Math.floor(last / height);
      const oneColumn = firstColumn === lastColumn;
      area += run;
      left = Math.min(left, firstColumn);
      right = Math.max(right, lastColumn);
      top = Math.min(top, oneColumn ? position % height : 0);
      bottom = Math.max(bottom, oneColumn ? last % height : height - 1);
    }
    position += run;
  });
  if (position !== height * width) {
    fail('detections', path, `runs over ${height} x ${width} = ${height * width} pixels`, position);
  }
  return { area, bbox: area === 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1] };
}

function decodeRuns(counts: string): number[] {
  const runs: number[] = [];
  let value = 0;
  let shift = 0;
  for (let i = 0; i < counts.length; i++) {
    const code = counts.charCodeAt(i) - 48;
    value |= (code & 31) << shift;
    shift += 5;
    if ((code & 32) === 0) {
      if ((code & 16) !== 0 && shift < 32) value |= -1 << shift;
      runs.push(runs.length > 2 ? value + runs[runs.length - 2] : value);
      value = 0;
      shift = 0;
    }
  }
  return runs;
}
