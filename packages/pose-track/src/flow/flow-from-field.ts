import { checkWhole, fail } from '../check-values';
import type { Flow } from './flow';

export interface FlowFieldOptions {
  /** [width, height] of the image, and of the field. */
  readonly size: readonly [number, number];
}

/**
 * Optical flow as a dense field, such as FlowNet or Farneback's method give it, as a function of keypoints: each moves by
 * what the field says at its place (Xiao et al. 2018, section 3.2), interpolated between the four pixels around it. A
 * keypoint outside of the image moves as the nearest pixel of the border.
 *
 * @param field flat [height, width, 2]: dx, dy in pixels from this frame to the next, at each pixel of this frame
 * @throws TrackError when the field has another length, or is not finite where a keypoint is
 */
export function flowFromField(field: ArrayLike<number>, { size: [width, height] }: FlowFieldOptions): Flow {
  checkWhole('options.size[0]', width, 1);
  checkWhole('options.size[1]', height, 1);
  if (field.length !== 2 * width * height) {
    fail('field', `a list of ${height} x ${width} x 2 numbers, [height, width, 2]`, field);
  }
  const at = (x: number, y: number, axis: number): number => field[2 * (y * width + x) + axis];

  return (keypoints) => {
    const moved = Array.from(keypoints);
    for (let i = 0; i < moved.length; i += 3) {
      const x = Math.min(Math.max(keypoints[i], 0), width - 1);
      const y = Math.min(Math.max(keypoints[i + 1], 0), height - 1);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
      for (let axis = 0; axis < 2; axis++) {
        const upper = at(left, top, axis) + (at(right, top, axis) - at(left, top, axis)) * (x - left);
        const lower = at(left, bottom, axis) + (at(right, bottom, axis) - at(left, bottom, axis)) * (x - left);
        moved[i + axis] += upper + (lower - upper) * (y - top);
      }
    }
    return moved;
  };
}
