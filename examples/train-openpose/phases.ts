import { constantRate, plateauRate, ShuffledSampler, Sgd, type Phase, type Sampler } from '@pose/trainer';
import type { Options } from './options';

/** The layers of VGG-19 that the published script freezes: up to conv4_1, the first 20 modules of the trunk. */
const BASE = /^model0\.1?\d$/;

/** Pre-training with the base frozen at one rate, then all weights at a rate that drops with the validation loss. */
export function phasesOf(options: Options): Phase[] {
  const { lr, preLr = lr, momentum, nesterov, weightDecay } = options;
  const frozenEpochs = Math.min(options.freezeBase, options.epochs);
  const optimizer = () => new Sgd({ momentum, nesterov: nesterov && momentum > 0, weightDecay });
  const phases: Phase[] = [
    { epochs: frozenEpochs, optimizer, schedule: () => constantRate(preLr), frozen: BASE },
    {
      epochs: options.epochs - frozenEpochs,
      optimizer,
      schedule: () =>
        plateauRate({
          learningRate: lr,
          factor: options.plateauFactor,
          patience: options.plateauPatience,
          cooldown: options.plateauCooldown,
        }),
    },
  ];
  return phases.filter(({ epochs }) => epochs > 0);
}

/** Every sample once an epoch, but those of the first `preNImages` images alone while the base is frozen. */
export function samplerOf(
  { freezeBase, preNImages = Infinity, duplicateData = 1 }: Options,
  { samples, seed }: { samples: number; seed: number },
): Sampler {
  const shuffled = new ShuffledSampler({ samples, seed });
  const images = samples / duplicateData;
  return {
    order(epoch) {
      const order = shuffled.order(epoch);
      return epoch < freezeBase ? order.filter((place) => place % images < preNImages) : order;
    },
  };
}
