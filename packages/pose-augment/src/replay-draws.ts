import { AugmentError } from './augment-error';
import type { Draw } from './draw';
import type { Random } from './random';
import { stepPath } from './record-draws';

export interface ReplayingRandom extends Random {
  /** how many draws were not asked for yet */
  readonly left: number;
  forStep(step: string): ReplayingRandom;
}

/**
 * A generator that gives the draws of a list, one after the other, and insists that they are asked for as they were
 * recorded: in kind and, where the recording says it, by the same step.
 *
 * @param draws those of `recordDraws`, or made by hand
 * @throws AugmentError when a draw is of no known kind or out of its range; when drawing, if the list is at its end or the
 *         next draw is of another kind or step
 */
export function replayDraws(draws: readonly Draw[]): ReplayingRandom {
  draws.forEach(({ kind, value }, i) => {
    const isDraw = kind === 'uniform' ? value >= 0 && value < 1 : kind === 'normal' && Number.isFinite(value);
    if (!isDraw) {
      throw new AugmentError(
        `Expected { kind: 'uniform', value from 0 to below 1 } or { kind: 'normal', finite value } for draw ${i} ` +
          `but received ${String(kind)} ${value}`,
      );
    }
  });
  return replayer({ draws, next: 0 });
}

interface Tape {
  readonly draws: readonly Draw[];
  next: number;
}

function replayer(tape: Tape, path?: string): ReplayingRandom {
  const draw = (kind: Draw['kind']): number => {
    const asked = `a ${kind} draw${path === undefined ? '' : ` of step ${path}`}`;
    if (tape.next === tape.draws.length) {
      throw new AugmentError(`Expected ${asked} but all ${tape.draws.length} recorded draws are used up`);
    }
    const found = tape.draws[tape.next];
    if (found.kind !== kind || (found.step !== undefined && found.step !== path)) {
      throw new AugmentError(
        `Expected ${asked} but draw ${tape.next} of the recording is a ${found.kind} draw` +
          `${found.step === undefined ? '' : ` of step ${found.step}`}; replay with the pipeline that was recorded`,
      );
    }
    tape.next++;
    return found.value;
  };
  return {
    get left() {
      return tape.draws.length - tape.next;
    },
    uniform: () => draw('uniform'),
    normal: () => draw('normal'),
    forStep: (step) => replayer(tape, stepPath(path, step)),
  };
}
