/** A part of an image, in image pixels; plain data, so that it can be sent to a worker thread. */
export type Region =
  | {
      kind: 'polygons';
      /** Flat [x, y, x, y, ...] outlines; pixel (i, j) covers x from i to i + 1 and y from j to j + 1. */
      polygons: number[][];
    }
  | {
      kind: 'mask';
      /** [width, height] of the image. */
      size: [number, number];
      /** Lengths of runs down the columns, first column first, that alternate between outside and inside. */
      runs: number[];
    }
  | {
      kind: 'box';
      /** [x, y, width, height]. */
      box: [number, number, number, number];
    };
