import { composeScene } from './compose-scene';
import { FACE, FACE_IN_SIGHT, headPoint } from './head-shapes';
import { areasInSight, fillPolygon, ownerOf, paintIds, partAt, type IdBuffer } from './id-buffer';
import { KEYPOINT_NAMES, type KeypointName } from './keypoints';
import type { Side } from './kinematics';
import type { Layer, Part } from './layer';
import type { Outline } from './outline';
import { viewPerson, type PersonView } from './person-view';
import { rotate, type Vec3 } from './rotation';
import type { Person, Scene } from './scene';

/** One person of one scene; the ids are the annotation file's business. */
export interface PersonAnnotation {
  /**
   * 17 triplets [x, y, v] in image pixels, where (0, 0) is the centre of the top-left pixel (COCO's convention).
   * v = 0 outside of the image (x = y = 0), 1 hidden, 2 visible.
   */
  keypoints: number[];
  /** Keypoints with v > 0. */
  num_keypoints: number;
  /** [x, y, width, height]: tight around the silhouette inside the image, hidden parts included. */
  bbox: [number, number, number, number];
  /** Pixels of the silhouette that are in sight. */
  area: number;
  /** One polygon around the silhouette inside the image. */
  segmentation: number[][];
  iscrowd: 0;
}

/**
 * Annotates every person of a scene, in the order of `scene.people`.
 *
 * Visibility is exact with respect to what is painted: the polygons of the picture are painted once more, as
 * identities and without anti-aliasing, and the pixel that holds the joint is looked up. The joint is visible when
 * that pixel shows the person's own part that the joint lies in (an elbow: upper arm or forearm of that side, clothes
 * included); it is hidden when a prop, another person or another part of the same body is on top. Two things are not
 * in the paint order and are decided by direction: nose, eyes and ears that are turned away from the camera are hidden, and the trunk
 * hides a shoulder or hip that is on its far side.
 */
export function sceneAnnotations(scene: Scene): PersonAnnotation[] {
  const layers = composeScene(scene);
  const buffer = paintIds(layers, scene.width, scene.height);
  const areas = areasInSight(buffer, scene.people.length);
  return scene.people.map((person, index) => annotate(person, index, layers, buffer, areas[index]));
}

function annotate(person: Person, index: number, layers: Layer[], buffer: IdBuffer, area: number): PersonAnnotation {
  const { width, height } = buffer;
  const view = viewPerson(person);
  const keypoints: number[] = [];
  let labelled = 0;
  for (const name of KEYPOINT_NAMES) {
    const [x, y] = view.project(jointPosition(view, name));
    if (!(x >= 0 && x < width && y >= 0 && y < height)) {
      keypoints.push(0, 0, 0);
      continue;
    }
    labelled++;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const id = buffer.ids[row * width + column];
    const part = partAt(buffer, column, row);
    const visible = part !== undefined && ownerOf(id) === index && showsJoint(view, name, part);
    keypoints.push(pixel(x, width), pixel(y, height), visible ? 2 : 1);
  }
  const { bbox, polygon } = silhouette(
    layers.filter((layer) => layer.owner === index),
    width,
    height,
  );
  return { keypoints, num_keypoints: labelled, bbox, area, segmentation: [polygon], iscrowd: 0 };
}

/** From SVG's corner-based coordinates to pixel indices, one decimal. */
function pixel(value: number, size: number): number {
  return Math.round(Math.max(0, Math.min(size - 1, value - 0.5)) * 10) / 10;
}

/** Position of a keypoint in statures from the pelvis. */
export function jointPosition(view: PersonView, name: KeypointName): Vec3 {
  if (name in FACE) return headPoint(view, FACE[name as keyof typeof FACE]);
  const [side, joint] = name.split('_') as [Side, 'shoulder' | 'elbow' | 'wrist' | 'hip' | 'knee' | 'ankle'];
  return view.body[side][joint];
}

/** How far a joint may lie behind the trunk's middle before the trunk hides it, as a share of the trunk's half-width. */
const FAR_SIDE = 0.88;

/** Whether `part`, of the same person and on top at the joint's pixel, lets the joint be seen. */
function showsJoint(view: PersonView, name: KeypointName, part: Part): boolean {
  if (name in FACE) {
    const point = name as keyof typeof FACE;
    if (view.towards(view.body.headFrame, FACE[point]) < FACE_IN_SIGHT[point]) return false;
    if (point === 'left_ear' || point === 'right_ear') return part === point || part === 'head' || part === 'scalp';
    return part === 'head';
  }
  const [side, joint] = name.split('_') as [Side, string];
  switch (joint) {
    case 'elbow':
      return part === `${side}_upper_arm` || part === `${side}_forearm`;
    case 'wrist':
      return part === `${side}_forearm` || part === `${side}_hand`;
    case 'knee':
      return part === `${side}_thigh` || part === `${side}_shank`;
    case 'ankle':
      return part === `${side}_shank` || part === `${side}_foot`;
    default: {
      const shoulder = joint === 'shoulder';
      if (part === `${side}_${shoulder ? 'upper_arm' : 'thigh'}`) return true;
      if (part !== 'torso' && !(part === 'skirt' && !shoulder)) return false;
      const frame = shoulder ? view.body.chestFrame : view.body.pelvisFrame;
      return rotate(frame, [side === 'left' ? 1 : -1, 0, 0])[2] > -FAR_SIDE;
    }
  }
}

/** Every how many rows the polygon has a point on each side. */
const ROW_STEP = 4;

/** Box and polygon around polygons, as pixels inside the image. */
function silhouette(
  shapes: readonly { outline: Outline }[],
  width: number,
  height: number,
): { bbox: [number, number, number, number]; polygon: number[] } {
  const first = new Int32Array(height).fill(width);
  const end = new Int32Array(height);
  for (const { outline } of shapes)
    fillPolygon(outline, width, height, (row, from, to) => {
      if (from < first[row]) first[row] = from;
      if (to > end[row]) end[row] = to;
    });
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let row = 0; row < height; row++) {
    if (end[row] === 0) continue;
    left = Math.min(left, first[row]);
    right = Math.max(right, end[row]);
    top = Math.min(top, row);
    bottom = row + 1;
  }
  if (bottom === 0) return { bbox: [0, 0, 0, 0], polygon: [] };
  const down: number[] = [];
  const up: number[] = [];
  for (let row = top; row < bottom; row = Math.min(row + ROW_STEP, bottom)) {
    const next = Math.min(row + ROW_STEP, bottom);
    let [from, to] = [width, 0];
    for (let r = row; r < next; r++) {
      from = Math.min(from, first[r]);
      to = Math.max(to, end[r]);
    }
    if (to === 0) continue;
    down.push(from, row, from, next);
    up.unshift(to, next, to, row);
  }
  return { bbox: [left, top, right - left, bottom - top], polygon: [...down, ...up] };
}
