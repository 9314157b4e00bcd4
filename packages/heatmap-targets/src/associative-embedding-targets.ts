import { checkChoice } from './check-arguments';
import { drawPeople } from './draw-peaks';
import type { HeatmapTargets } from './heatmap-options';
import { peopleEncoding, type PeopleHeatmapOptions } from './people-heatmaps';
import { toPixelFloat32 } from './peak-lines';
import { requireLength } from './room';

export interface AssociativeEmbeddingOptions extends PeopleHeatmapOptions {
  /** default 'gaussian' */
  encoding?: 'gaussian' | 'udp';
}

export interface AssociativeEmbeddingTargets extends HeatmapTargets {
  /**
   * shape [people, K, 2]: the cell y * width + x where the tag of a keypoint is read, and 1 if it counts. Where it is 0, the
   * keypoint is not labelled or outside of the map, and the cell must not be used.
   */
  indices: Int32Array;
}

/**
 * Targets of associative embedding (Newell et al. 2017, section 3; HigherHRNet; mmpose codecs/associative_embedding.py):
 * the heatmaps of `peopleHeatmaps`, and for each keypoint of each person the cell whose tag belongs to the person.
 *
 * @param people flat [x, y, v] triplets per person, network input pixels; v = 0 means not labelled
 * @param into   room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when people differ in their number of keypoints, a labelled one is not finite, or sizes do not fit
 */
export function associativeEmbeddingTargets(
  people: readonly ArrayLike<number>[],
  options: AssociativeEmbeddingOptions,
  into?: AssociativeEmbeddingTargets,
): AssociativeEmbeddingTargets {
  checkChoice('encoding', options.encoding ?? 'gaussian', ['gaussian', 'udp']);
  const encoding = peopleEncoding(options);
  const targets = drawPeople(people, options, encoding, into);
  const length = 2 * targets.weights.length;
  if (into) requireLength('into.indices', into.indices, length);
  const indices = into?.indices ?? new Int32Array(length);
  const [width, height] = options.heatmapSize;
  let i = 0;
  for (const keypoints of people) {
    for (let k = 0; k < keypoints.length; k += 3) {
      const x = toPixelFloat32(encoding.toHeatmap(keypoints[k], 0));
      const y = toPixelFloat32(encoding.toHeatmap(keypoints[k + 1], 1));
      indices[i++] = y * width + x;
      indices[i++] = keypoints[k + 2] > 0 && x >= 0 && x < width && y >= 0 && y < height ? 1 : 0;
    }
  }
  return { ...targets, indices };
}
