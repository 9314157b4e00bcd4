/** One line of a published table. */
export interface PublishedResult {
  dataset: string;
  /** Network input, height x width; left out where a paper does not tell one. */
  input?: string;
  /** Millions of parameters, as printed. */
  params?: number;
  /** As printed. What a "flop" is differs between sources: the README of this package tells. */
  gflops?: number;
  /** COCO AP, 0 to 1. Top-down networks with flip test, people from a detector of AP 56.4. */
  ap?: number;
  /** MPII PCKh@0.5, 0 to 1. */
  pckh?: number;
  /** Repository and file, or paper and table. */
  source: string;
  note?: string;
}

/** What was published of the registered networks, by name. */
export const PUBLISHED_RESULTS: Readonly<Record<string, readonly PublishedResult[]>> = {
  hourglass_2stack: [
    { dataset: 'MPII val', input: '256x256', pckh: 0.883, source: 'princeton-vl/pytorch_stacked_hourglass: README.md' },
  ],
  hourglass_8stack: [
    { dataset: 'MPII val', input: '256x256', pckh: 0.902, source: 'princeton-vl/pytorch_stacked_hourglass: README.md' },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.881,
      source: 'princeton-vl/pytorch_stacked_hourglass: README.md',
      note: "the original paper's, as quoted",
    },
  ],
  litehrnet_18: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 1.1,
      gflops: 0.2052,
      ap: 0.648,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 1.1,
      gflops: 0.4616,
      ap: 0.676,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.642,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/litehrnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.676,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/litehrnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      params: 1.1,
      gflops: 0.2734,
      pckh: 0.854,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.859,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/litehrnet_mpii.md',
    },
  ],
  litehrnet_30: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 1.8,
      gflops: 0.3192,
      ap: 0.672,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 1.8,
      gflops: 0.7178,
      ap: 0.704,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.676,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/litehrnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.7,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/litehrnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      params: 1.8,
      gflops: 0.4253,
      pckh: 0.87,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.869,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/litehrnet_mpii.md',
    },
  ],
  naive_litehrnet_18: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 0.7,
      gflops: 0.1948,
      ap: 0.628,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      params: 0.7,
      gflops: 0.2596,
      pckh: 0.853,
      source: 'HRNet/Lite-HRNet: README.md',
    },
  ],
  openpose_vgg19: [
    {
      dataset: 'COCO val2014, subset of 1160 images',
      ap: 0.584,
      source:
        'Cao et al., Realtime Multi-Person 2D Pose Estimation using Part Affinity Fields, CVPR 2017 (arXiv 1611.08050), Table 4',
      note: 'six scales',
    },
    {
      dataset: 'COCO val2014, subset of 1160 images',
      ap: 0.486,
      source: 'Daniil-Osokin/lightweight-human-pose-estimation.pytorch: issue 124',
      note: 'single scale, quoted by a maintainer',
    },
    {
      dataset: 'COCO val2017',
      ap: 0.653,
      source: 'tensorboy/pytorch_Realtime_Multi-Person_Pose_Estimation: README.md',
      note: 'weights converted from Caffe; flip test',
    },
  ],
  pose_hourglass_52: [
    {
      dataset: 'COCO val2017',
      input: '256x256',
      ap: 0.726,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/hourglass_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x384',
      ap: 0.746,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/hourglass_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.889,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/hourglass_mpii.md',
    },
    {
      dataset: 'MPII val',
      input: '384x384',
      pckh: 0.894,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/hourglass_mpii.md',
    },
  ],
  pose_hrnet_w32: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 28.5,
      gflops: 7.1,
      ap: 0.744,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 28.5,
      gflops: 16.0,
      ap: 0.758,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.749,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/hrnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.761,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/hrnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.903,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.9,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/hrnet_mpii.md',
    },
  ],
  pose_hrnet_w48: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 63.6,
      gflops: 14.6,
      ap: 0.751,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 63.6,
      gflops: 32.9,
      ap: 0.763,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO test-dev2017',
      input: '384x288',
      params: 63.6,
      gflops: 32.9,
      ap: 0.755,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.756,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/hrnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.767,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/hrnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.901,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/hrnet_mpii.md',
    },
  ],
  pose_resnet101: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.714,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.736,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 53.0,
      gflops: 12.4,
      ap: 0.714,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 53.0,
      gflops: 27.9,
      ap: 0.736,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.728,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/resnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.749,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/resnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.89131,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '384x384',
      pckh: 0.90003,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.891,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.888,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/resnet_mpii.md',
    },
  ],
  pose_resnet101_caffe: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.72,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
  ],
  pose_resnet152: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.72,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.743,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 68.6,
      gflops: 15.7,
      ap: 0.72,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 68.6,
      gflops: 35.3,
      ap: 0.743,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO test-dev2017',
      input: '384x288',
      params: 68.6,
      gflops: 35.3,
      ap: 0.737,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.736,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/resnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.75,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/resnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.8962,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '384x384',
      pckh: 0.902,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.896,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.889,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/resnet_mpii.md',
    },
  ],
  pose_resnet152_caffe: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.728,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
  ],
  pose_resnet50: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.704,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.722,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 34.0,
      gflops: 8.9,
      ap: 0.704,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      params: 34.0,
      gflops: 20.0,
      ap: 0.722,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.718,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/resnet_coco.md',
    },
    {
      dataset: 'COCO val2017',
      input: '384x288',
      ap: 0.731,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/coco/resnet_coco.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.88532,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '384x384',
      pckh: 0.89066,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.885,
      source: 'leoxiaobin/deep-high-resolution-net.pytorch: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      pckh: 0.882,
      source: 'open-mmlab/mmpose: configs/body_2d_keypoint/topdown_heatmap/mpii/resnet_mpii.md',
    },
  ],
  pose_resnet50_caffe: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.704,
      source: 'Microsoft/human-pose-estimation.pytorch: README.md',
    },
  ],
  simple_pose_resnet18_v1b: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.663,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  simple_pose_resnet50_v1b: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.71,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  simple_pose_resnet101_v1b: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.724,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  simple_pose_resnet152_v1b: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.725,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  simple_pose_resnet50_v1d: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.717,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  simple_pose_resnet101_v1d: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.73,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  simple_pose_resnet152_v1d: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      ap: 0.734,
      source: 'osmr/imgclsmob: README.md (from the log of dmlc/gluon-cv)',
    },
  ],
  wider_naive_litehrnet_18: [
    {
      dataset: 'COCO val2017',
      input: '256x192',
      params: 1.3,
      gflops: 0.3111,
      ap: 0.66,
      source: 'HRNet/Lite-HRNet: README.md',
    },
    {
      dataset: 'MPII val',
      input: '256x256',
      params: 1.3,
      gflops: 0.4187,
      pckh: 0.868,
      source: 'HRNet/Lite-HRNet: README.md',
    },
  ],
};
