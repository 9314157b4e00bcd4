import { TargetError } from './target-error';

export interface MultiResolutionOptions<Keypoints, Options, Targets> {
  /** any encoder of this package, such as `gaussianHeatmaps` or `peopleHeatmaps` */
  encode: (keypoints: Keypoints, options: Options, into?: Targets) => Targets;
  /** the encoder's options for each resolution; at least `heatmapSize` will differ, often also sigma or kernelSize */
  levels: readonly Options[];
}

/**
 * Targets of one sample at several resolutions, for intermediate supervision (HigherHRNet, Cheng et al. 2020, section 3.3;
 * MSPN, Li et al. 2019, section 3.3: one kernelSize per level, from coarse to fine).
 *
 * @param keypoints what the encoder takes: a person or people, in network input pixels
 * @param into      room for the result, one entry per level, to be used again; default new arrays
 * @returns what the encoder returns, one entry per level
 * @throws TargetError when `into` has another number of levels, or the encoder refuses; the message names the level
 */
export function multiResolutionTargets<Keypoints, Options, Targets>(
  keypoints: Keypoints,
  { encode, levels }: MultiResolutionOptions<Keypoints, Options, Targets>,
  into?: readonly Targets[],
): Targets[] {
  if (levels.length === 0) throw new TargetError('Expected the options of at least one level but received none');
  if (into && into.length !== levels.length) {
    throw new TargetError(`Expected room for ${levels.length} levels in into but found ${into.length}`);
  }
  return levels.map((options, level) => {
    try {
      return encode(keypoints, options, into?.[level]);
    } catch (error) {
      throw error instanceof TargetError ? new TargetError(`levels[${level}]: ${error.message}`) : error;
    }
  });
}
