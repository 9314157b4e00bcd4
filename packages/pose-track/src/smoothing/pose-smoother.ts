import { checkAtLeast, checkFinite, checkList, checkNumbers, fail } from '../check-values';
import { type OneEuroOptions, oneEuroOptions, type OneEuroState, oneEuroStep } from './one-euro-filter';
import { checkSmootherState, type SmootherState } from './smoother-state';

export interface PoseSmootherOptions extends OneEuroOptions {
  /**
   * By how many hertz the cut-off rises with each pixel per second; half of it for images twice as large. Default 0.05: at
   * 30 frames a second and noise of 1 to 5 pixels, people at 90 to 300 pixels per second were nearest to the truth with
   * 0.03 to 0.3.
   */
  readonly beta?: number;
  /** Keypoints scored at most this are not filtered and come back as they are; default 0.2. */
  readonly keypointThreshold?: number;
  /** A keypoint that was not seen for more seconds starts anew; default 0.5. */
  readonly maxGap?: number;
}

/** A pose of a person who is known by id, as `PoseTracker` returns it. */
export interface IdentifiedPerson {
  /** Flat [x, y, score] triplets in image pixels. */
  readonly keypoints: ArrayLike<number>;
  /** null is a person whose past is not known. */
  readonly id: number | null;
}

/** Coordinates of a person's keypoints when they were last seen: [x, y] of each, null where there is nothing to go on from. */
type Filters = (OneEuroState | null)[];

/**
 * Steadies the keypoints of each person over time: a One-Euro filter for each coordinate. Speeds are in pixels, as the
 * keypoints are, not in sizes of the person. People who are gone for longer than `maxGap` are forgotten.
 */
export class PoseSmoother {
  private readonly options: Required<PoseSmootherOptions>;
  private people = new Map<number, Filters>();
  private time: number | null = null;

  /** @throws TrackError when an option is out of range */
  constructor({ keypointThreshold = 0.2, maxGap = 0.5, beta = 0.05, ...options }: PoseSmootherOptions = {}) {
    checkFinite('options.keypointThreshold', keypointThreshold);
    checkAtLeast('options.maxGap', maxGap, 0);
    this.options = { ...oneEuroOptions({ beta, ...options }), keypointThreshold, maxGap };
  }

  /** Ids of the people whose past is remembered. */
  get ids(): number[] {
    return [...this.people.keys()];
  }

  /**
   * Filters the people of a frame; scores are kept. A person with the id null comes back as it is. When it throws, the
   * smoother is as it was.
   *
   * @param people       in image pixels, each id once
   * @param options.time of the frame in seconds, as the cut-off frequencies are in hertz; later than the last frame's
   * @returns the same people in the same order, with filtered keypoints
   * @throws TrackError when a number is not finite, an id comes twice or has another number of keypoints than before, or
   *   the time does not go on
   */
  smooth<P extends IdentifiedPerson>(
    people: readonly P[],
    { time }: { readonly time: number },
  ): (Omit<P, 'keypoints'> & { keypoints: number[] })[] {
    this.checkFrame(people, time);
    const smoothed = people.map((person) => {
      const keypoints = Array.from(person.keypoints);
      if (person.id !== null) this.filter(this.filtersOf(person.id, keypoints.length / 3), keypoints, time);
      return { ...person, keypoints };
    });
    this.time = time;
    for (const [id, filters] of this.people) {
      if (filters.every((last) => !this.isFresh(last, time))) this.people.delete(id);
    }
    return smoothed;
  }

  /** All that the next frame depends on but the options, as plain data for JSON. */
  state(): SmootherState {
    return { time: this.time, people: Array.from(this.people, ([id, filters]) => ({ id, filters: [...filters] })) };
  }

  /**
   * Goes on from a state, in place of what this smoother knows.
   *
   * @throws TrackError when it is none
   */
  restore(state: SmootherState): void {
    checkSmootherState(state);
    this.time = state.time;
    this.people = new Map(state.people.map(({ id, filters }) => [id, [...filters]]));
  }

  private filter(filters: Filters, keypoints: number[], time: number): void {
    for (let k = 0; 3 * k < keypoints.length; k++) {
      if (!(keypoints[3 * k + 2] > this.options.keypointThreshold)) continue;
      for (let axis = 0; axis < 2; axis++) {
        const last = filters[2 * k + axis];
        const next = oneEuroStep(this.isFresh(last, time) ? last : null, keypoints[3 * k + axis], time, this.options);
        filters[2 * k + axis] = next;
        keypoints[3 * k + axis] = next.value;
      }
    }
  }

  private isFresh(last: OneEuroState | null, time: number): boolean {
    return last !== null && time - last.time <= this.options.maxGap;
  }

  private filtersOf(id: number, K: number): Filters {
    const known = this.people.get(id);
    if (known) return known;
    const filters: Filters = new Array<null>(2 * K).fill(null);
    this.people.set(id, filters);
    return filters;
  }

  private checkFrame(people: readonly IdentifiedPerson[], time: number): void {
    checkFinite('options.time', time);
    if (this.time !== null && time <= this.time) {
      fail(
        'options.time',
        `seconds after ${this.time}, those of the last frame`,
        time,
        'a new video needs a new smoother',
      );
    }
    checkList('people', people);
    const ids = new Set<number>();
    people.forEach(({ keypoints, id }, i) => {
      const where = `people[${i}]`;
      const known = id === null ? undefined : this.people.get(id);
      checkNumbers(`${where}.keypoints`, keypoints, known && (known.length / 2) * 3, 'as many as the id had before');
      if (keypoints.length % 3 !== 0) fail(`${where}.keypoints`, 'flat [x, y, score] triplets', keypoints);
      if (id === null) return;
      checkFinite(`${where}.id`, id);
      if (ids.has(id)) fail(`${where}.id`, 'each id once in a frame', id);
      ids.add(id);
    });
  }
}
