/** From when to when keypoints are to be moved, and how they moved before. */
export interface Movement {
  /** Time of the keypoints that are given, in the caller's unit. */
  readonly from: number;
  /** Time to which they are to be moved. */
  readonly to: number;
  /** Flat [vx, vy] per keypoint, pixels per unit of time; a track has them. */
  readonly velocities?: ArrayLike<number>;
}

/**
 * Where keypoints of one frame are in a later one. Takes flat [x, y, score] triplets in image pixels, which it leaves as
 * they are, and returns as many.
 */
export type Flow = (keypoints: ArrayLike<number>, movement: Movement) => ArrayLike<number>;
