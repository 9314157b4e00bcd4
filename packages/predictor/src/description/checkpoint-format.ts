import { PredictorError } from '../predictor-error';
import type { ModelDescription } from './model-description';

/** What `model.json` of a checkpoint says that it is. */
export const CHECKPOINT_FORMAT = 'pose-checkpoint/2';

/** What our checkpoints keep under `userDefinedMetadata.pose`; a training keeps more. */
export interface CheckpointMetadata {
  format: typeof CHECKPOINT_FORMAT;
  model: ModelDescription;
}

/**
 * What a checkpoint says of its network: in a browser of `model.getUserDefinedMetadata()` after `tf.loadLayersModel`.
 *
 * @param metadata  `userDefinedMetadata` of model.json
 * @param where     for the message
 * @throws PredictorError when it is none of our checkpoints'
 */
export function describedModel(metadata: object | null | undefined, where = 'model'): ModelDescription {
  const found = (metadata as { pose?: Partial<CheckpointMetadata> } | null | undefined)?.pose;
  if (found?.format !== CHECKPOINT_FORMAT || !found.model) {
    throw new PredictorError(
      `${where}: expected userDefinedMetadata.pose.format to be '${CHECKPOINT_FORMAT}', found ` +
        `${JSON.stringify(found?.format)}. Is it a model of another program, or of another version of this one?`,
    );
  }
  return found.model;
}
