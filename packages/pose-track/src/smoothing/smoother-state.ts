import { checkFinite, checkList, fail } from '../check-values';
import type { OneEuroState } from './one-euro-filter';

/** What a `PoseSmoother` knows, as plain data. */
export interface SmootherState {
  /** Seconds, of the last frame; null before the first. */
  readonly time: number | null;
  readonly people: readonly {
    readonly id: number;
    /** For x and y of each keypoint; null where there is nothing to go on from. */
    readonly filters: readonly (OneEuroState | null)[];
  }[];
}

/** @throws TrackError unless this is a state of a smoother */
export function checkSmootherState(state: SmootherState): void {
  if (typeof state !== 'object' || state === null) fail('state', 'a state of `PoseSmoother`', state);
  if (state.time !== null) checkFinite('state.time', state.time);
  checkList('state.people', state.people);
  state.people.forEach(({ id, filters }, i) => {
    checkFinite(`state.people[${i}].id`, id);
    checkList(`state.people[${i}].filters`, filters);
    filters.forEach((filter, j) => {
      if (filter === null) return;
      checkFinite(`state.people[${i}].filters[${j}].value`, filter?.value);
      checkFinite(`state.people[${i}].filters[${j}].speed`, filter.speed);
      checkFinite(`state.people[${i}].filters[${j}].time`, filter.time);
    });
  });
}
