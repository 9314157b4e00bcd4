import { AugmentError } from './augment-error';
import type { Random } from './random';

/** A sample and a generator in, a new sample out; the given one is left as it was. */
export type Step<Sample> = (sample: Sample, random: Random) => Sample;

/**
 * Steps, each under the name that recorded draws are labelled with, applied one after the other.
 * A pipeline is a step itself, so pipelines nest. The order of the names is the order of the steps, and with it that of
 * the draws; `{ ...hrnetSteps(options), flip: mine }` replaces one in its place, a new name comes last.
 *
 * @throws AugmentError when a step is no function or has a whole number for a name: JavaScript would move it to the front
 */
export function pipeline<Sample>(steps: Readonly<Record<string, Step<Sample>>>): Step<Sample> {
  const list = Object.entries(steps);
  for (const [name, step] of list) {
    if (typeof step !== 'function') {
      throw new AugmentError(`Expected a function (sample, random) for step ${name} but received ${typeof step}`);
    }
    if (/^\d+$/.test(name)) {
      throw new AugmentError(`Expected steps with names in words, such as 'scale', but received ${name}`);
    }
  }
  return (sample, random) =>
    list.reduce((current, [name, step]) => step(current, random.forStep?.(name) ?? random), sample);
}
