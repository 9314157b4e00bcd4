import { DatasetError } from '../dataset-error';
import { describe } from '../json-object';
import type { Skeleton } from './skeleton';

/**
 * A checked and frozen copy of a skeleton, for data sets that this package does not name.
 *
 * - `keypoints`: at least one name, none empty, none twice.
 * - `flipPairs`: symmetric, so that mirroring twice changes nothing: two different keypoints a pair, each keypoint in
 *   one pair at most. Where both `left_x` and `right_x` exist they must be a pair: a forgotten one trains silently on
 *   confused sides.
 * - `limbs`: two different keypoints each, none joined twice.
 * - `sigmas`: one above 0 for each keypoint.
 * - `upperBody`, `lowerBody`: keypoints, none in both; some may be in neither.
 *
 * @throws DatasetError naming the field, what was expected and what was found
 */
export function defineSkeleton(definition: Skeleton): Readonly<Skeleton> {
  if (definition === null || typeof definition !== 'object') {
    throw new DatasetError(`skeleton: expected an object, found ${describe(definition)}`);
  }
  const name: unknown = definition.name;
  if (typeof name !== 'string' || name === '') {
    throw new DatasetError(`skeleton: name: expected a text that is not empty, found ${describe(name)}`);
  }
  const check = new SkeletonCheck(name);
  const keypoints = check.names(definition.keypoints);
  const count = keypoints.length;
  const flipPairs = check.flipPairs(definition.flipPairs, keypoints);
  const limbs = check.limbs(definition.limbs, count);
  const sigmas = check.sigmas(definition.sigmas, count);
  const upperBody = check.half('upperBody', definition.upperBody, count);
  const lowerBody = check.half('lowerBody', definition.lowerBody, count);
  const both = lowerBody.findIndex((k) => upperBody.includes(k));
  if (both >= 0) {
    const k = lowerBody[both];
    throw check.error(`lowerBody[${both}]`, 'a keypoint that is not in upperBody', `${k} (${keypoints[k]})`);
  }
  return Object.freeze({ name, keypoints, flipPairs, limbs, sigmas, upperBody, lowerBody });
}

/** The checks of the fields, each of which returns a frozen copy. */
class SkeletonCheck {
  constructor(private readonly name: string) {}

  error(field: string, expected: string, found: string): DatasetError {
    return new DatasetError(`skeleton "${this.name}": ${field}: expected ${expected}, found ${found}`);
  }

  names(value: unknown): readonly string[] {
    const names = this.list('keypoints', value, 'the names of the keypoints');
    if (names.length === 0) throw this.error('keypoints', 'at least one name', 'none');
    names.forEach((name, k) => {
      if (typeof name !== 'string' || name === '') {
        throw this.error(`keypoints[${k}]`, 'a text that is not empty', describe(name));
      }
      if (names.indexOf(name) !== k) throw this.error(`keypoints[${k}]`, 'a name of its own', `"${name}" again`);
    });
    return Object.freeze(names as string[]);
  }

  flipPairs(value: unknown, keypoints: readonly string[]): Skeleton['flipPairs'] {
    const pairs = this.pairs('flipPairs', value, keypoints.length);
    const partner = new Map<number, number>();
    pairs.forEach(([a, b], i) => {
      for (const k of [a, b]) {
        if (partner.has(k)) {
          throw this.error(`flipPairs[${i}]`, 'keypoints that are in no other pair', `${k} (${keypoints[k]}) again`);
        }
      }
      partner.set(a, b).set(b, a);
    });
    keypoints.forEach((name, left) => {
      const right = name.startsWith('left_') ? keypoints.indexOf(`right_${name.slice('left_'.length)}`) : -1;
      if (right < 0 || partner.get(left) === right) return;
      const k = partner.get(left);
      const found = k === undefined ? 'no pair with it' : `${name} in a pair with ${keypoints[k]}`;
      throw this.error('flipPairs', `a pair [${left}, ${right}] of ${name} and ${keypoints[right]}`, found);
    });
    return pairs;
  }

  limbs(value: unknown, count: number): Skeleton['limbs'] {
    const limbs = this.pairs('limbs', value, count);
    const first = new Map<string, number>();
    limbs.forEach(([a, b], i) => {
      const key = `${Math.min(a, b)}-${Math.max(a, b)}`;
      const before = first.get(key);
      if (before !== undefined) {
        throw this.error(`limbs[${i}]`, 'keypoints that no other limb joins', `those of limbs[${before}] again`);
      }
      first.set(key, i);
    });
    return limbs;
  }

  sigmas(value: unknown, count: number): readonly number[] {
    const sigmas = this.list('sigmas', value, `${count} numbers, one for each keypoint`);
    if (sigmas.length !== count) {
      throw this.error('sigmas', `${count} numbers, one for each keypoint`, String(sigmas.length));
    }
    sigmas.forEach((sigma, k) => {
      if (typeof sigma !== 'number' || !Number.isFinite(sigma) || sigma <= 0) {
        throw this.error(`sigmas[${k}]`, 'a number above 0', describe(sigma));
      }
    });
    return Object.freeze(sigmas as number[]);
  }

  half(field: 'upperBody' | 'lowerBody', value: unknown, count: number): readonly number[] {
    const indices = this.list(field, value, 'indices of keypoints');
    indices.forEach((k, i) => {
      if (!isIndex(k, count)) throw this.error(`${field}[${i}]`, `an index from 0 to ${count - 1}`, describe(k));
      if (indices.indexOf(k) !== i) throw this.error(`${field}[${i}]`, 'a keypoint that is not listed', `${k} again`);
    });
    return Object.freeze(indices as number[]);
  }

  private pairs(field: 'flipPairs' | 'limbs', value: unknown, count: number): (readonly [number, number])[] {
    const expected = `two different indices from 0 to ${count - 1}`;
    const pairs = this.list(field, value, 'pairs of indices').map((pair, i) => {
      const valid =
        Array.isArray(pair) && pair.length === 2 && pair.every((k) => isIndex(k, count)) && pair[0] !== pair[1];
      if (!valid) throw this.error(`${field}[${i}]`, expected, JSON.stringify(pair) ?? 'nothing');
      return Object.freeze([pair[0], pair[1]] as const);
    });
    return Object.freeze(pairs) as typeof pairs;
  }

  private list(field: string, value: unknown, expected: string): unknown[] {
    if (!Array.isArray(value)) throw this.error(field, expected, describe(value));
    return [...(value as unknown[])];
  }
}

function isIndex(value: unknown, count: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count;
}
