import type { CocoCategory } from '../coco-types';
import { describe, JsonObject } from '../json-object';
import type { Findings } from './findings';

/**
 * Checks `categories[i]`.
 *
 * @param known  the categories before it, by id; undefined for those with errors
 * @returns the category, sharing nothing with `value`; undefined when it has an error
 */
export function checkCategory(
  value: unknown,
  i: number,
  source: string,
  findings: Findings,
  known: ReadonlyMap<number, CocoCategory | undefined>,
): CocoCategory | undefined {
  const object = findings.require(() => new JsonObject(value, source, `categories[${i}]`));
  if (!object) return undefined;
  const id = findings.require(() => {
    const id = object.id('id');
    if (known.has(id)) throw object.error('id', 'an id of its own', `${id} again`);
    return id;
  });
  const name = findings.require(() => object.text('name'));
  const keypoints = findings.require(() => keypointNames(object));
  if (keypoints === undefined) return undefined;
  const pairs = object.get('skeleton');
  const skeleton =
    pairs === undefined ? undefined : findings.require(() => skeletonPairs(object, keypoints.length, findings));
  if (id === undefined || name === undefined || (pairs !== undefined && skeleton === undefined)) return undefined;
  return skeleton ? { id, name, keypoints, skeleton } : { id, name, keypoints };
}

function keypointNames(category: JsonObject): string[] {
  const names = category.get('keypoints');
  if (!Array.isArray(names) || names.length === 0) {
    const expected = 'the names of its keypoints (person_keypoints_*.json has them, instances_*.json does not)';
    throw category.error('keypoints', expected, describe(names));
  }
  return names.map((name: unknown, k) => {
    if (typeof name !== 'string' || name === '') throw category.error(`keypoints[${k}]`, 'a name', describe(name));
    if (names.indexOf(name) !== k) throw category.error(`keypoints[${k}]`, 'a name of its own', `${name} again`);
    return name;
  });
}

function skeletonPairs(category: JsonObject, keypoints: number, findings: Findings): [number, number][] | undefined {
  const expected = `pairs of keypoint numbers from 1 to ${keypoints}`;
  const pairs = category.get('skeleton');
  if (!Array.isArray(pairs)) throw category.error('skeleton', expected, describe(pairs));
  const checked = pairs.map((pair: unknown, i) =>
    findings.require<[number, number]>(() => {
      const valid =
        Array.isArray(pair) && pair.length === 2 && pair.every((k) => Number.isInteger(k) && k >= 1 && k <= keypoints);
      if (!valid) throw category.error(`skeleton[${i}]`, expected, JSON.stringify(pair) ?? 'nothing');
      return [pair[0], pair[1]];
    }),
  );
  return checked.every((pair) => pair !== undefined) ? checked : undefined;
}
