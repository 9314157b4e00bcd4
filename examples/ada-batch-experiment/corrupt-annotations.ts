import { createRandom, type Random } from '@pose/pose-augment';
import type { CocoAnnotation, CocoFile } from '@pose/synthetic-coco';

export interface CorruptOptions {
  /** Of the people, rounded to whole ones. */
  share: number;
  seed: number;
  /** Keypoints that mirror each other, as a skeleton of coco-dataset names them. */
  flipPairs: readonly (readonly [number, number])[];
}

/** An annotation's keypoints, wrong in one way. */
type Corruption = (
  person: CocoAnnotation,
  others: readonly CocoAnnotation[],
  options: CorruptOptions,
  random: Random,
) => number[];

/** In turn, so that each makes a third of the mistakes. */
const CORRUPTIONS: readonly Corruption[] = [wrongPerson, swappedSides, displaced];

/**
 * Annotations with mistakes as annotators make them. Of the people drawn, a third each has
 * - the keypoints of another person, moved from that one's box into their own;
 * - left and right exchanged;
 * - all keypoints displaced by a third of the box, in a random direction.
 * Boxes stay right, for they say which pixels are trained on; which keypoints are labelled changes with the first kind alone.
 *
 * @returns a copy of the file; people who were not drawn are as they were
 */
export function corruptAnnotations(file: CocoFile, options: CorruptOptions): CocoFile {
  const people = file.annotations;
  const random = createRandom([options.seed, people.length]);
  const drawn = shuffled(people.length, random).slice(0, Math.round(options.share * people.length));
  const annotations = [...people];
  for (const [i, place] of drawn.entries()) {
    const person = people[place];
    const others = people.filter(({ id }) => id !== person.id);
    const keypoints = CORRUPTIONS[i % CORRUPTIONS.length](person, others, options, random);
    annotations[place] = { ...person, keypoints, num_keypoints: labelled(keypoints) };
  }
  return { ...file, annotations };
}

function wrongPerson(
  person: CocoAnnotation,
  others: readonly CocoAnnotation[],
  _: CorruptOptions,
  random: Random,
): number[] {
  const other = others[Math.floor(random.uniform() * others.length)];
  const [x, y, width, height] = person.bbox;
  const [otherX, otherY, otherWidth, otherHeight] = other.bbox;
  return moved(other.keypoints, (px, py) => [
    x + ((px - otherX) / otherWidth) * width,
    y + ((py - otherY) / otherHeight) * height,
  ]);
}

function swappedSides(
  { keypoints }: CocoAnnotation,
  _: readonly CocoAnnotation[],
  { flipPairs }: CorruptOptions,
): number[] {
  const swapped = [...keypoints];
  for (const [left, right] of flipPairs) {
    for (let i = 0; i < 3; i++) {
      swapped[left * 3 + i] = keypoints[right * 3 + i];
      swapped[right * 3 + i] = keypoints[left * 3 + i];
    }
  }
  return swapped;
}

function displaced(person: CocoAnnotation, _: readonly CocoAnnotation[], __: CorruptOptions, random: Random): number[] {
  const angle = 2 * Math.PI * random.uniform();
  const [, , width, height] = person.bbox;
  const [dx, dy] = [(Math.cos(angle) * width) / 3, (Math.sin(angle) * height) / 3];
  return moved(person.keypoints, (x, y) => [x + dx, y + dy]);
}

/** Labelled keypoints, flat [x, y, v] triplets, brought elsewhere; the others stay zeros. */
function moved(keypoints: readonly number[], move: (x: number, y: number) => [number, number]): number[] {
  const result = [...keypoints];
  for (let i = 0; i < keypoints.length; i += 3) {
    if (keypoints[i + 2] > 0) [result[i], result[i + 1]] = move(keypoints[i], keypoints[i + 1]);
  }
  return result;
}

function labelled(keypoints: readonly number[]): number {
  return keypoints.filter((value, i) => i % 3 === 2 && value > 0).length;
}

/** Places 0 to `count` - 1 in random order (Fisher and Yates). */
function shuffled(count: number, random: Random): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places;
}
