/**
 * What the scenes are drawn from: the one place to make the data set easier or harder. Weights need not sum to one.
 * Lengths in pixels are for the default 256x256 image and scale with its shorter side.
 */
export const DISTRIBUTION = {
  scene: {
    /** People per image. */
    people: { '1': 0.78, '2': 0.16, '3': 0.04, '4': 0.02 },
    /** Upright height of a person, pixels, by the number of people in the image; crouching and sitting shrink it. */
    stature: { '1': [145, 225], '2': [120, 200], '3': [105, 165], '4': [100, 140] },
    /** Chance that a lone person is zoomed in on and cut by the image's border, and the zoom. */
    zoomChance: 0.04,
    zoom: [1.15, 1.6],
    /** Camera's height angle, degrees: looking down is positive. */
    cameraPitch: [-2, 10],
    /** A person is kept only if at least this share of the silhouette is in the image and unhidden ... */
    leastVisible: 0.5,
    /** ... and at least this many keypoints are inside the image. */
    leastKeypoints: 8,
  },
  /** Where people face: weight, and mean and deviation of the angle from the viewer, degrees (left or right alike). */
  view: {
    front: { weight: 0.8, mean: 0, deviation: 8 },
    threeQuarter: { weight: 0.16, mean: 34, deviation: 7 },
    side: { weight: 0.02, mean: 85, deviation: 8 },
    back: { weight: 0.02, mean: 180, deviation: 22 },
  },
  pose: {
    activities: { stand: 0.6, walk: 0.19, run: 0.05, sit: 0.05, crouch: 0.02, lean: 0.03, lunge: 0.03, kick: 0.03 },
    gestures: {
      hang: 0.6,
      raised: 0.1,
      sideways: 0.08,
      wave: 0.06,
      reach: 0.05,
      onHip: 0.12,
      bent: 0.08,
      folded: 0.01,
      toHead: 0.01,
      behind: 0.01,
    },
    /** Chance that both arms make the same gesture. */
    symmetric: 0.75,
    /** Head against the chest, degrees: mean and deviation of each turn. */
    head: { yaw: [0, 6], pitch: [3, 5], roll: [0, 5] },
  },
  body: {
    /** Girth: 1 is slim. */
    build: [1.1, 1.5],
    /** Deviations of the lengths, as a share. */
    limbLength: 0.03,
    shoulders: 0.06,
    hips: 0.06,
    waist: [0.76, 0.98],
    /** Mean and deviation of the head's size. */
    headSize: [1.4, 0.05],
  },
  look: {
    /** Chance of sleeves that reach the wrist, of a striped top, of one outfit colour for top and bottom. */
    longSleeves: 0.3,
    sleeveless: 0.3,
    striped: 0.25,
    suit: 0.04,
    bottoms: { trousers: 0.6, shorts: 0.27, skirt: 0.13 },
    hair: { short: 0.46, long: 0.24, bald: 0.08, bun: 0.1, cap: 0.12 },
    /** Sunglasses hide the eyes from the viewer's sight but not from the annotation, as in COCO. */
    glasses: 0.05,
  },
  /** Things that stand in front of people: chance per image, and the share of a person's height they reach up. */
  occluder: { chance: 0.1, height: [0.12, 0.4], width: [0.12, 0.45] },
  background: { indoors: 0.35, outdoors: 0.4, plain: 0.3, clutter: [0, 4] },
  /** Camera's finish. Noise is the amplitude in grey levels, blur the sigma in pixels. */
  finish: {
    contrast: [0.82, 1.1],
    brightness: [-22, 22],
    warmth: [-10, 10],
    noise: [0, 4],
    blurChance: 0.1,
    blur: [0.4, 0.9],
  },
} as const;
