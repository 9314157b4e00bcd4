import { DecodeError } from '@pose/pose-decode';
import { PredictorError } from './predictor-error';

/**
 * Decodes, and says of outputs that cannot be decoded where they come from.
 *
 * @throws PredictorError instead of DecodeError
 */
export function readOutputs<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new PredictorError(
      `The network's outputs cannot be read: ${error.message}. Did its training diverge, or are its weights those of ` +
        'another network? Its loss, or the evaluation of an earlier checkpoint, tells.',
      { cause: error },
    );
  }
}
