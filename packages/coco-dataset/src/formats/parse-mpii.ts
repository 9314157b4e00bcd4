import { DatasetError } from '../dataset-error';
import { describe, JsonObject } from '../json-object';
import { MPII_SKELETON } from '../skeletons/mpii';

const JOINTS = MPII_SKELETON.keypoints.length;

/** Length in pixels of an MPII scale of 1, which is about the height of the person. */
const PIXELS_PER_SCALE = 200;

/** People larger than this, 200 million pixels, are mistakes, and what is computed from them may overflow. */
const MOST_SCALE = 1e6;

/** By how much SimpleBaseline enlarges a box to a crop; the published scale already has it. */
const PADDING = 1.25;

/** One person of MPII in image pixels counted from 0. */
export interface MpiiPerson {
  /** File name of the image. */
  image: string;
  /** [x, y] of the crop's centre as published code trains with: 15 * scale pixels below the annotated one. */
  center: [number, number];
  /** The crop's side in units of 200 pixels: 1.25 times the annotated scale. */
  scale: number;
  /** [x, y, width, height]: a square whose crop (padded 1.25 times) is that of `center` and `scale`; not limited to the image. */
  box: [number, number, number, number];
  /** 16 flat [x, y, v] triplets: v = 2 for an annotated joint (the file does not say which are hidden), else all 0. */
  keypoints: number[];
}

/**
 * Validates a parsed MPII annotation list, `annot/{train,valid,trainval,test}.json` of the HRNet and SimpleBaseline
 * repositories: records {image, center, scale, joints, joints_vis}, counted from 1 as Matlab does. Centre and scale are
 * changed as in deep-high-resolution-net.pytorch lib/dataset/mpii.py: unless the centre's x is -1, it moves 15 * scale
 * pixels down and the scale grows 1.25 times; then 1 is taken from centre and joints.
 *
 * The test list has no joints: no record may have them then, and keypoints are all 0.
 *
 * @param source  name for error messages, usually the path of the file
 * @throws DatasetError naming source and place (`[12].joints[3]`), what was expected and what was found
 */
export function parseMpii(json: unknown, source: string): MpiiPerson[] {
  if (!Array.isArray(json)) {
    throw new DatasetError(
      `${source}: expected a list of people {image, center, scale, joints, joints_vis}, found ${describe(json)}`,
    );
  }
  if (json.length === 0) throw new DatasetError(`${source}: expected at least one person, found an empty list`);
  const hasJoints = new JsonObject(json[0], source, '[0]').get('joints') !== undefined;
  return json.map((value: unknown, i) => parsePerson(new JsonObject(value, source, `[${i}]`), hasJoints));
}

function parsePerson(object: JsonObject, hasJoints: boolean): MpiiPerson {
  const [x, y] = object.numbers('center', '2 numbers, [x, y]', 2);
  const annotatedScale = object.number(
    'scale',
    `a number above 0 and up to ${MOST_SCALE}`,
    (value) => value > 0 && value <= MOST_SCALE,
  );
  const known = x !== -1;
  const scale = known ? annotatedScale * PADDING : annotatedScale;
  const center: [number, number] = [x - 1, (known ? y + 15 * annotatedScale : y) - 1];
  const side = (scale * PIXELS_PER_SCALE) / PADDING;
  return {
    image: object.text('image'),
    center,
    scale,
    box: [center[0] - side / 2, center[1] - side / 2, side, side],
    keypoints: parseJoints(object, hasJoints),
  };
}

function parseJoints(object: JsonObject, hasJoints: boolean): number[] {
  if (!hasJoints) {
    for (const key of ['joints', 'joints_vis']) {
      const value = object.get(key);
      if (value !== undefined) throw object.error(key, 'none, as in the first record (a test list)', describe(value));
    }
    return new Array<number>(3 * JOINTS).fill(0);
  }
  const joints = object.get('joints');
  if (!Array.isArray(joints) || joints.length !== JOINTS) {
    throw object.error('joints', `${JOINTS} joints [x, y]`, describe(joints));
  }
  const labelled = object.numbers('joints_vis', `${JOINTS} numbers, 0 or 1`, JOINTS);
  return joints.flatMap((joint: unknown, k) => {
    if (!Array.isArray(joint) || joint.length !== 2 || !joint.every(Number.isFinite)) {
      throw object.error(`joints[${k}]`, 'two finite numbers, [x, y]', JSON.stringify(joint) ?? 'nothing');
    }
    if (labelled[k] !== 0 && labelled[k] !== 1) throw object.error(`joints_vis[${k}]`, '0 or 1', String(labelled[k]));
    return labelled[k] === 1 ? [joint[0] - 1, joint[1] - 1, 2] : [0, 0, 0];
  });
}
