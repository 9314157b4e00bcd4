import type { PersonInstance } from '@pose/coco-dataset';
import { boxToCenterScale, hasCenteredKeypoints } from '@pose/pose-augment';
import { gluonL2, jointsMse, paddleHeatmapLoss } from '@pose/pose-losses';
import type { Tensor2D, Tensor4D, Tensor1D } from '@tensorflow/tfjs-core';

/** What differs between the three published trainings of SimpleBaseline; each is a set of defaults. */
export interface Recipe {
  /** Name in the registry of pose-models, for a depth of ResNet. */
  network: (depth: number) => string;
  input: [height: number, width: number];
  sigma: number;
  /** People per step, on one GPU. */
  batch: number;
  loss: (prediction: Tensor4D, target: Tensor4D, weight: Tensor2D) => Tensor1D;
  /** Whether people are left out who are labelled in one corner of their box only. */
  centeredOnly: boolean;
}

/** All three: 140 epochs of Adam at 1e-3, a tenth of it from epoch 90 and from 120 on, scale 1 -+ 0.3, rotation 40 degrees. */
export const RECIPES = {
  /** microsoft/human-pose-estimation.pytorch, experiments/coco/resnet50/256x192_d256x3_adam_lr1e-3.yaml. */
  microsoft: {
    network: (depth) => `pose_resnet${depth}`,
    input: [256, 192],
    sigma: 2,
    batch: 32,
    loss: jointsMse,
    centeredOnly: false,
  },
  /** dmlc/gluon-cv, scripts/pose/simple_pose/coco.sh and the tutorial "Dive deep into Training a Simple Pose Model". */
  gluoncv: {
    network: (depth) => `simple_pose_resnet${depth}_v1b`,
    input: [256, 192],
    sigma: 2,
    batch: 32,
    loss: gluonL2,
    centeredOnly: false,
  },
  /** PaddlePaddle/models, PaddleCV/human_pose_estimation: train.py and lib/coco_reader.py. */
  paddle: {
    network: (depth) => `pose_resnet${depth}`,
    input: [384, 288],
    sigma: 3,
    batch: 128,
    loss: (prediction, target, weight) => paddleHeatmapLoss(prediction, target, { weight }),
    centeredOnly: true,
  },
} satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof RECIPES;

export function isCentered({ box, keypoints }: PersonInstance, aspectRatio: number): boolean {
  return hasCenteredKeypoints(boxToCenterScale(box, { aspectRatio }), keypoints);
}
