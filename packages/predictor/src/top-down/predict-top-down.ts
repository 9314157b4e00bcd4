import * as tf from '@tensorflow/tfjs-core';
import type { FlipPairs } from '@pose/pose-decode';
import type { PredictingNetwork } from '../network/compiled-network';
import type { Output } from '../network/output';
import { predictOutputs } from '../network/predict-outputs';
import type { Decoder, DecoderName } from './decoder';
import { decodingOf } from './decodings';

export interface PredictTopDownOptions {
  decoder: DecoderName | Decoder;
  keypoints: number;
  flipPairs: FlipPairs;
  /** Averages the outputs of the crops and of their mirror images, as the decoder's publication does. */
  flipTest: boolean;
}

/**
 * Runs a top-down network in inference mode.
 *
 * @param input  Float32 [batch, height, width, 3], normalised RGB
 * @returns what `decodeTopDown` takes: the last output, or the last two where the decoder reads lines
 */
export async function predictTopDown(
  network: PredictingNetwork,
  input: Float32Array,
  { decoder, keypoints, flipPairs, flipTest }: PredictTopDownOptions,
): Promise<Output[]> {
  const { maps, merge } = decodingOf(decoder);
  const last = network.outputs.length - 1;
  const places = maps === 'lines' ? [last - 1, last] : [last];
  const outputs = await predictOutputs(network, input, places);
  if (!flipTest) return outputs;
  const mirrored = await predictOutputs(network, input, places, (images) => tf.reverse(images, 2));
  return merge(outputs, mirrored, { batch: outputs[0].shape[0], keypoints, flipPairs });
}
