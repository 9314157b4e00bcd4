import type { FusedNetwork } from '@pose/pose-models';
import { PredictorError } from '../predictor-error';

type Network = Pick<FusedNetwork, 'inputs' | 'outputs'>;

/** @throws PredictorError unless the network takes one RGB image of a known size */
export function checkInput({ inputs }: Network): void {
  const [shape, ...more] = inputs.map((input) => input.shape);
  const [, height, width, channels] = shape;
  if (more.length === 0 && shape.length === 4 && channels === 3 && height && width) return;
  const found = [shape, ...more].map(show).join(' and ');
  throw new PredictorError(
    `model: expected one input [N, height, width, 3] of a fixed size, found ${found}. Make the network with an inputSize.`,
  );
}

/**
 * @param place     of the output, from the last one, which is -1
 * @param channels  that it must have; `atLeast` as many, or just so many
 * @throws PredictorError unless that output is [N, height, width, channels]
 */
export function checkMaps(
  { outputs }: Network,
  place: number,
  channels: number,
  reason: string,
  atLeast = false,
): void {
  const shape = outputs.at(place)?.shape ?? [];
  const found = shape[3] ?? 0;
  if (shape.length === 4 && (atLeast ? found >= channels : found === channels)) return;
  const output = place === -1 ? 'last output' : 'last output but one';
  throw new PredictorError(
    `model: expected its ${output} to be [N, height, width, ${channels}${atLeast ? ' or more' : ''}], ${reason}, ` +
      `found ${shape.length === 0 ? 'none' : show(shape)}. Is it another network than the options describe?`,
  );
}

/** @throws PredictorError unless the last two outputs are lines [N, keypoints, bins] */
export function checkLines({ outputs }: Network, keypoints: number): void {
  const shapes = outputs.slice(-2).map(({ shape }) => shape);
  if (shapes.length === 2 && shapes.every((shape) => shape.length === 3 && shape[1] === keypoints)) return;
  throw new PredictorError(
    `model: expected its last two outputs to be [N, ${keypoints}, bins], the lines of ${keypoints} keypoints, ` +
      `found ${shapes.map(show).join(' and ')}. Is it another network than the options describe?`,
  );
}

function show(shape: readonly (number | null)[]): string {
  return `[${shape.map((side) => side ?? 'N').join(', ')}]`;
}
