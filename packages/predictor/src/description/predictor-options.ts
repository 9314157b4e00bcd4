import { OPENPOSE_GROUPING } from '@pose/pose-decode';
import type { BottomUpOptions, TopDownOptions } from '../options';
import { PredictorError } from '../predictor-error';
import type { ModelDescription, PredictionSettings } from './model-description';

type Described<Options> = Omit<Options, 'model' | 'network' | 'batchSize'>;

/**
 * What `createPredictor` is to be told of a described network. Checkpoints from before descriptions said how a network
 * is read are OpenPose's by that name, with the limbs of `OPENPOSE_GROUPING`, or top-down, read with 'quarter'.
 *
 * @throws PredictorError when that cannot be said
 */
export function predictorOptions(
  description: ModelDescription,
): Described<TopDownOptions> | Described<BottomUpOptions> {
  const { keypointNames, flipPairs } = description;
  const prediction = description.prediction ?? withoutSettings(description);
  return { keypointNames, flipPairs, ...prediction };
}

function withoutSettings({ name, keypointNames }: ModelDescription): PredictionSettings {
  if (!name.startsWith('openpose')) return { kind: 'top-down', decoder: 'quarter' };
  if (keypointNames.length === 18) return { kind: 'bottom-up', ...OPENPOSE_GROUPING, toCoco: true };
  throw new PredictorError(
    `${name}: expected its checkpoint to say how people are grouped, or OpenPose's 18 keypoints, found ` +
      `${keypointNames.length} keypoints. Call createPredictor with the limbs that it was trained with.`,
  );
}
