import { EASY, HARD, MEDIUM } from './rank-losses';
import type { SampleHistory } from './sample-history';

/** What an epoch's samples were like. A type, not an interface, for only types are JsonValues. */
export type EpochDifficulty = {
  epoch: number;
  /** Shares of all samples; what is missing to 1 was not put off and not seen: images that cannot be read, batches to come. */
  easy: number;
  medium: number;
  hard: number;
  putOff: number;
  /** The difficulty index of 10, 50 and 90 % of all samples that were ever seen is no higher than this. */
  quantiles: [number, number, number];
};

const QUANTILES = [0.1, 0.5, 0.9] as const;

/** Counts the visits of the unfinished epoch, and takes them into the index; undefined when there were none. */
export function epochDifficulty(history: SampleHistory, epoch: number): EpochDifficulty | undefined {
  const { latest, samples } = history;
  const counts = [0, 0, 0, 0];
  for (let place = 0; place < samples; place++) counts[latest[place]]++;
  if (counts[0] === samples) return undefined;
  let putOff = 0;
  for (let place = 0; place < samples; place++) if (history.isPutOff(place, epoch)) putOff++;
  const index = history.indexNow().sort();
  const quantiles = QUANTILES.map((q) => index[Math.ceil(q * index.length) - 1]) as [number, number, number];
  return {
    epoch,
    easy: counts[EASY] / samples,
    medium: counts[MEDIUM] / samples,
    hard: counts[HARD] / samples,
    putOff: putOff / samples,
    quantiles,
  };
}
