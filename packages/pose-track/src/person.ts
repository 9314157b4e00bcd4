/** A pose in one frame. */
export interface Person {
  /** Flat [x, y, score] triplets in image pixels, K of them. */
  readonly keypoints: ArrayLike<number>;
  /** How sure it is that this is a person; higher is surer. */
  readonly score: number;
  /** [x, y, width, height] in image pixels, where a detector gave one: the person's size is known best from it. */
  readonly box?: ArrayLike<number>;
}

/** A box that may hold a person. */
export interface ScoredBox {
  /** [x, y, width, height] in image pixels. */
  readonly box: ArrayLike<number>;
  readonly score: number;
}
