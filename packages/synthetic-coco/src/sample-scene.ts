import { sampleBackground } from './background';
import { sampleBody } from './body';
import { personLayers } from './compose-scene';
import { DISTRIBUTION } from './distribution';
import { paintIds } from './id-buffer';
import { sampleLook } from './look';
import { sampleOccluder, sampleSeat } from './occluders';
import type { Point } from './outline';
import { samplePose } from './pose';
import { sceneRandom, type Random } from './random';
import type { Person, Prop, Scene } from './scene';
import { sceneAnnotations, type PersonAnnotation } from './scene-annotations';
import { SyntheticCocoError } from './synthetic-coco-error';

export interface SampleSceneOptions {
  /** Whole number, 0 to 2^53 - 1. */
  seed: number;
  /** Any word; scenes of different splits are drawn from different streams. */
  split: string;
  /** Whole number from 0: which image of the split. */
  index: number;
  /** [width, height] in pixels, each at least 64; [256, 256] unless told. */
  imageSize?: readonly [number, number];
  /** Most people in one image, 1 to 4; 4 unless told. */
  maxPeople?: number;
}

/**
 * Draws a scene: a function of its options alone, and of no other scene. The distribution is in `distribution.ts`.
 * Every person in it is at least half in sight and has at least eight keypoints in the image.
 *
 * @throws SyntheticCocoError for a seed, index, size or number of people out of range
 */
export function sampleScene(options: SampleSceneOptions): Scene {
  return sampleAnnotatedScene(options).scene;
}

/** A scene with its annotations, which choosing the scene has needed anyway. */
export interface AnnotatedScene {
  scene: Scene;
  /** What `sceneAnnotations(scene)` gives. */
  annotations: PersonAnnotation[];
}

/** `sampleScene` and `sceneAnnotations` in one, at the price of the first. */
export function sampleAnnotatedScene(options: SampleSceneOptions): AnnotatedScene {
  const { seed, split, index, imageSize = [256, 256], maxPeople = 4 } = options;
  wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  wholeNumber('index', index, 0, 2 ** 32 - 1);
  wholeNumber('maxPeople', maxPeople, 1, 4);
  imageSize.forEach((size, axis) => wholeNumber(`imageSize[${axis}]`, size, 64, 4096));
  const random = sceneRandom(seed, split, index);
  for (;;) {
    const kept = keepSeen(drawCandidate(random, imageSize, maxPeople));
    if (kept.scene.people.length > 0) return kept;
  }
}

export function wholeNumber(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new SyntheticCocoError(`Expected ${name} to be a whole number from ${least} to ${most}, found ${value}`);
}

function drawCandidate(random: Random, [width, height]: readonly [number, number], maxPeople: number): Scene {
  const settings = DISTRIBUTION.scene;
  const unit = Math.min(width, height) / 256;
  const count = Math.min(Number(random.weighted(settings.people)), maxPeople);
  const cameraPitch = random.uniform(settings.cameraPitch[0], settings.cameraPitch[1]);
  const horizon = height * random.uniform(0.45, 0.8);
  const angle = random.uniform(-2.6, -0.5);
  const light: Point = [Math.cos(angle), Math.sin(angle)];
  const zoom =
    count === 1 && random.chance(settings.zoomChance) ? random.uniform(settings.zoom[0], settings.zoom[1]) : 1;
  const stature = settings.stature[String(count) as keyof typeof settings.stature];
  const base = random.uniform(stature[0], stature[1]) * unit * zoom;

  const people: Person[] = [];
  const props: Prop[] = [];
  for (let i = 0; i < count; i++) {
    const size = base * (count === 1 ? 1 : random.uniform(0.85, 1.1));
    const person: Person = {
      depth: 0,
      root: [0, 0],
      stature: size,
      yaw: sampleYaw(random),
      cameraPitch,
      pose: samplePose(random),
      body: sampleBody(random),
      look: sampleLook(random),
    };
    const [left, top, right, bottom] = extent(person, light);
    const [w, h] = [right - left, bottom - top];
    const slot = width / count;
    const x = count === 1 ? freeStart(random, w, width) : slot * (i + 0.5) - w / 2 + random.normal(0, slot * 0.14);
    const y = zoom > 1 ? random.uniform(-0.02, 0.08) * height : Math.max(freeStart(random, h, height), horizon - h);
    person.root = [x - left, Math.min(y, height - h * 0.55) - top];
    // Whoever stands lower in the picture is nearer.
    person.depth = person.root[1] + bottom;
    people.push(person);
    if (person.pose.activity === 'sit')
      props.push(sampleSeat(random, person.root, size, person.depth, person.depth - 0.01));
  }
  if (random.chance(DISTRIBUTION.occluder.chance)) {
    const person = random.pick(people);
    const [left, top, right, bottom] = extent(person, light);
    props.push(sampleOccluder(random, [left, top, right - left, bottom - top], person.depth + 0.01));
  }
  const background = sampleBackground(random, width, height, horizon);
  const finish = DISTRIBUTION.finish;
  const range = ([low, high]: readonly [number, number]) => random.uniform(low, high);
  return {
    width,
    height,
    light,
    background,
    people,
    props,
    finish: {
      contrast: range(finish.contrast),
      brightness: range(finish.brightness),
      warmth: range(finish.warmth),
      noise: range(finish.noise),
      noiseSeed: random.int(1, 0x7fffffff),
      blur: random.chance(finish.blurChance) ? range(finish.blur) * unit : 0,
    },
  };
}

/** Where an extent of `size` starts so that it lies inside `room`, or is cut evenly if it does not fit. */
function freeStart(random: Random, size: number, room: number): number {
  const slack = room - size;
  return slack > 0 ? slack * random.uniform(0.02, 0.98) : slack / 2;
}

function sampleYaw(random: Random): number {
  const { front, threeQuarter, side, back } = DISTRIBUTION.view;
  const views = { front, threeQuarter, side, back };
  const kind = random.weighted({
    front: front.weight,
    threeQuarter: threeQuarter.weight,
    side: side.weight,
    back: back.weight,
  });
  return random.sign() * random.normal(views[kind].mean, views[kind].deviation);
}

/** [left, top, right, bottom] of a person's polygons, pixels. */
function extent(person: Person, light: Point): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { outline } of personLayers(person, 0, light))
    for (let i = 0; i < outline.length; i += 2) {
      box[0] = Math.min(box[0], outline[i]);
      box[1] = Math.min(box[1], outline[i + 1]);
      box[2] = Math.max(box[2], outline[i]);
      box[3] = Math.max(box[3], outline[i + 1]);
    }
  return box;
}

/** Leaves out, one after the other, people who are too little in sight to be worth a label. */
function keepSeen(scene: Scene): AnnotatedScene {
  const { leastKeypoints, leastVisible } = DISTRIBUTION.scene;
  let people = scene.people;
  for (;;) {
    const crowded = people.length > 1 || scene.props.length > 0;
    const annotations = sceneAnnotations({ ...scene, people });
    const worst = annotations.findIndex(
      ({ num_keypoints, area }, index) =>
        num_keypoints < leastKeypoints || (crowded && area < leastVisible * silhouetteArea(scene, people[index])),
    );
    if (worst < 0) return { scene: { ...scene, people }, annotations };
    people = people.filter((_, index) => index !== worst);
  }
}

/** Pixels of the person inside the image if nothing stood in front. */
function silhouetteArea({ width, height, light }: Scene, person: Person): number {
  const { ids } = paintIds(personLayers(person, 0, light), width, height);
  let area = 0;
  for (let i = 0; i < ids.length; i++) if (ids[i] > 0) area++;
  return area;
}
