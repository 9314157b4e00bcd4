import { heatmapToImage, type Size } from '@pose/pose-decode';
import type { Output } from '../network/output';
import type { Alignment, Decoder, DecoderName } from './decoder';
import { decodingOf } from './decodings';

export interface DecodeTopDownOptions {
  decoder: DecoderName | Decoder;
  /** How the crops lie on the pixels; default as the decoder's publication has it. */
  alignment?: Alignment;
  keypoints: number;
  /** Of the network, `[width, height]` in pixels. */
  inputSize: Size;
}

/**
 * Keypoints of a batch of crops, in image pixels.
 *
 * @param outputs  of `predictTopDown`
 * @param crops    per person the crop's centre x, y in image pixels and its width, height in units of 200 pixels
 * @returns Float32 [batch, K, 3]: x, y in image pixels and the score
 * @throws DecodeError when the outputs are not finite or do not fit the decoder
 */
export function decodeTopDown(
  outputs: readonly Output[],
  crops: Float32Array,
  { decoder, alignment, keypoints, inputSize }: DecodeTopDownOptions,
): Float32Array {
  const decoding = decodingOf(decoder);
  const batch = outputs[0].shape[0];
  const points = decoding.decode(outputs, { batch, keypoints });
  const [, height, width] = outputs[0].shape;
  return heatmapToImage(
    points,
    {
      center: crops.filter((_, i) => i % 4 < 2),
      scale: crops.filter((_, i) => i % 4 >= 2),
      heatmapSize: decoding.maps === 'lines' ? inputSize : [width, height],
      udp: (alignment ?? decoding.alignment) === 'udp',
    },
    points,
  );
}
