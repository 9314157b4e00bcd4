import { COCO_SKELETON } from './coco';
import { defineSkeleton } from './define-skeleton';
import type { Skeleton } from './skeleton';

/** Where each part begins among the 133 keypoints. */
const FOOT = 17;
const FACE = 23;
const LEFT_HAND = 91;
const RIGHT_HAND = 112;

const [LEFT_WRIST, RIGHT_WRIST, LEFT_ANKLE, RIGHT_ANKLE] = [9, 10, 15, 16];

/** Of the left and then the right foot. */
const FOOT_KEYPOINTS = ['big_toe', 'small_toe', 'heel'];

const FINGERS = ['thumb', 'forefinger', 'middle_finger', 'ring_finger', 'pinky_finger'];

/** The root of a hand, then four keypoints along each finger. */
const HAND_KEYPOINTS = ['hand_root', ...FINGERS.flatMap((finger) => [1, 2, 3, 4].map((joint) => `${finger}${joint}`))];

/** Left/right pairs of the 68 face keypoints (the iBUG 300-W markup). */
const FACE_PAIRS: readonly (readonly [number, number])[] = [
  ...mirrored(0, 16), // jaw
  ...mirrored(17, 26), // eyebrows
  ...mirrored(31, 35), // nostrils
  ...mirrored(36, 45).slice(0, 4), // upper eyelids, with the corners of the eyes
  [40, 47], // lower eyelids
  [41, 46],
  ...mirrored(48, 54), // outer lips, upper and lower
  ...mirrored(55, 59),
  ...mirrored(60, 64), // inner lips, upper and lower
  ...mirrored(65, 67),
];

const FACE_SIGMAS = [
  0.042, 0.043, 0.044, 0.043, 0.04, 0.035, 0.031, 0.025, 0.02, 0.023, 0.029, 0.032, 0.037, 0.038, 0.043, 0.041, 0.045,
  0.013, 0.012, 0.011, 0.011, 0.012, 0.012, 0.011, 0.011, 0.013, 0.015, 0.009, 0.007, 0.007, 0.007, 0.012, 0.009, 0.008,
  0.016, 0.01, 0.017, 0.011, 0.009, 0.011, 0.009, 0.007, 0.013, 0.008, 0.011, 0.012, 0.01, 0.034, 0.008, 0.008, 0.009,
  0.008, 0.008, 0.007, 0.01, 0.008, 0.009, 0.009, 0.009, 0.007, 0.007, 0.008, 0.011, 0.008, 0.008, 0.008, 0.01, 0.008,
];

const FOOT_SIGMAS = [0.068, 0.066, 0.066, 0.092, 0.094, 0.094];

const HAND_SIGMAS = [
  0.029, 0.022, 0.035, 0.037, 0.047, 0.026, 0.025, 0.024, 0.035, 0.018, 0.024, 0.022, 0.026, 0.017, 0.021, 0.021, 0.032,
  0.02, 0.019, 0.022, 0.031,
];

/**
 * The 133 keypoints of COCO-WholeBody (Jin et al. 2020): body 0-16 as in COCO, feet 17-22, face 23-90, left hand 91-111,
 * right hand 112-132. Order and sigmas are those of jin-s13/COCO-WholeBody evaluation/myeval_wholebody.py; names, limbs
 * (hands hang on the wrists, the face has none) and flip pairs those of mmpose configs/_base_/datasets/coco_wholebody.py.
 * As there, face and hands are in neither half of the body.
 */
export const COCO_WHOLEBODY_SKELETON: Readonly<Skeleton> = defineSkeleton({
  name: 'coco-wholebody',
  keypoints: [
    ...COCO_SKELETON.keypoints,
    ...FOOT_KEYPOINTS.map((name) => `left_${name}`),
    ...FOOT_KEYPOINTS.map((name) => `right_${name}`),
    ...Array.from({ length: 68 }, (_, k) => `face-${k}`),
    ...HAND_KEYPOINTS.map((name) => `left_${name}`),
    ...HAND_KEYPOINTS.map((name) => `right_${name}`),
  ],
  flipPairs: [
    ...COCO_SKELETON.flipPairs,
    ...FOOT_KEYPOINTS.map((_, k) => [FOOT + k, FOOT + 3 + k] as const),
    ...FACE_PAIRS.map(([a, b]) => [FACE + a, FACE + b] as const),
    ...HAND_KEYPOINTS.map((_, k) => [LEFT_HAND + k, RIGHT_HAND + k] as const),
  ],
  limbs: [
    ...COCO_SKELETON.limbs,
    ...FOOT_KEYPOINTS.map((_, k) => [LEFT_ANKLE, FOOT + k] as const),
    ...FOOT_KEYPOINTS.map((_, k) => [RIGHT_ANKLE, FOOT + 3 + k] as const),
    ...handLimbs(LEFT_WRIST, LEFT_HAND),
    ...handLimbs(RIGHT_WRIST, RIGHT_HAND),
  ],
  sigmas: [...COCO_SKELETON.sigmas, ...FOOT_SIGMAS, ...FACE_SIGMAS, ...HAND_SIGMAS, ...HAND_SIGMAS],
  upperBody: COCO_SKELETON.upperBody,
  lowerBody: [...COCO_SKELETON.lowerBody, ...Array.from({ length: 6 }, (_, k) => FOOT + k)],
});

/** The pairs of a row of keypoints that is symmetric about its middle: first and last, second and last but one, ... */
function mirrored(first: number, last: number): [number, number][] {
  return Array.from({ length: Math.floor((last - first + 1) / 2) }, (_, i) => [first + i, last - i]);
}

/** Five chains of four limbs from the wrist along the fingers. */
function handLimbs(wrist: number, hand: number): [number, number][] {
  return FINGERS.flatMap((_, finger) =>
    [1, 2, 3, 4].map((joint): [number, number] => {
      const keypoint = hand + 4 * finger + joint;
      return [joint === 1 ? wrist : keypoint - 1, keypoint];
    }),
  );
}
