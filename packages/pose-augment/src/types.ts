/** An RGB picture: interleaved bytes, row by row, `data.length === width * height * 3`. */
export interface Image {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
}

/** `[x, y, width, height]` in image pixels. */
export type Box = readonly [number, number, number, number];

/** `[width, height]` in pixels. */
export type Size = readonly [number, number];

/** `[x, y]`, x to the right, y down, pixel centres on whole numbers. */
export type Point = readonly [number, number];

/** `[a, b, c, d, e, f]`: x' = a*x + b*y + c, y' = d*x + e*y + f. */
export type Affine = readonly [number, number, number, number, number, number];

/** Flat COCO triplets `[x, y, v, ...]`; v = 0 not labelled, 1 labelled but hidden, 2 visible. */
export type Keypoints = ArrayLike<number>;

/** Pairs of keypoint indices that change places when the image is mirrored. */
export type FlipPairs = readonly (readonly [number, number])[];
