import { Adam, stepRate, type Phase } from '@pose/trainer';
import type { Options } from './options';

/** The layers that choose the spatial transformation. */
const LOCALISATION = /^(localization|fc_loc)\./;

/**
 * Adam at a rate that drops. The spatial transformer of an stn_ network is held at the identity until
 * `--transformer-from`: an untrained network's gradients would turn the image out of its sight, from where there is no way
 * back, for all is zero there.
 */
export function phasesOf({ network, epochs, lr, lrStep, lrFactor, weightDecay, transformerFrom }: Options): Phase[] {
  const held = network.startsWith('stn_') ? Math.min(transformerFrom ?? lrStep[0], epochs) : 0;
  const phase = (first: number, length: number): Phase => ({
    epochs: length,
    optimizer: () => new Adam({ weightDecay }),
    schedule: () => stepRate({ learningRate: lr, milestones: lrStep.map((epoch) => epoch - first), gamma: lrFactor }),
  });
  return [
    ...(held > 0 ? [{ ...phase(0, held), frozen: LOCALISATION }] : []),
    ...(held < epochs ? [phase(held, epochs - held)] : []),
  ];
}
