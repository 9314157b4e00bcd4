import { DatasetError } from '../dataset-error';
import { describe } from '../json-object';

/**
 * The runs of a COCO run-length mask (cocodataset/cocoapi common/maskApi.c). Uncompressed counts are the runs; compressed
 * ones (`rleFrString`) are text of six bits a character from code 48 on: five of value, low ones first, and one "more
 * follow"; negative values extend their sign, and from the fourth run on a value is the difference to the run two before.
 *
 * @param size    [height, width], as COCO writes it
 * @param counts  compressed text, or the runs
 * @param where   what names the mask, for the error
 * @returns lengths of runs down the columns, first column first, alternately outside and inside
 * @throws DatasetError when the runs are not whole numbers of 0 or more that cover exactly the image
 */
export function decodeRle(
  size: readonly [number, number],
  counts: readonly number[] | string,
  where: string,
): number[] {
  const runs = typeof counts === 'string' ? decompress(counts, where) : [...counts];
  let covered = 0;
  runs.forEach((run, i) => {
    if (!Number.isInteger(run) || run < 0) {
      throw new DatasetError(
        `${where}: counts: expected runs of 0 or more pixels, found ${describe(run)} as run number ${i + 1}`,
      );
    }
    covered += run;
  });
  const [height, width] = size;
  if (covered !== height * width) {
    throw new DatasetError(
      `${where}: counts: expected runs over ${height} x ${width} (height x width) = ${height * width} pixels, ` +
        `found ${covered}`,
    );
  }
  return runs;
}

function decompress(counts: string, where: string): number[] {
  const runs: number[] = [];
  let value = 0;
  let shift = 0;
  for (let i = 0; i < counts.length; i++) {
    const code = counts.charCodeAt(i) - 48;
    // 30 bits hold a run over any image that fits into memory; a seventh character would overflow.
    if (code < 0 || code > 63 || shift > 25) {
      throw new DatasetError(
        `${where}: counts: expected a compressed run-length mask, found ${describe(counts.slice(i))} at character ${i}`,
      );
    }
    value |= (code & 31) << shift;
    shift += 5;
    if ((code & 32) !== 0) continue;
    if ((code & 16) !== 0) value |= -1 << shift;
    runs.push(runs.length > 2 ? value + runs[runs.length - 2] : value);
    value = 0;
    shift = 0;
  }
  if (shift > 0) {
    throw new DatasetError(`${where}: counts: expected a whole run at the end, found a text that is cut off`);
  }
  return runs;
}
