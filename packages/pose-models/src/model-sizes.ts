import type { ModelName } from './registry';

export interface ModelSize {
  /** Parameters as PyTorch counts them, and batch-norm statistics. */
  params: number;
  /** Multiply-adds for one image, as `countMultiplyAdds` counts them. */
  macs: number;
}

/** With the default options. */
export const MODEL_SIZES: Readonly<Record<ModelName, ModelSize>> = {
  pose_resnet18: { params: 15_387_857, macs: 2_897_215_488 },
  pose_resnet34: { params: 25_503_441, macs: 4_709_154_816 },
  pose_resnet50: { params: 34_054_353, macs: 5_426_380_800 },
  pose_resnet101: { params: 53_098_705, macs: 9_062_842_368 },
  pose_resnet152: { params: 68_788_433, macs: 12_699_303_936 },
  pose_resnet50_caffe: { params: 34_054_353, macs: 5_199_888_384 },
  pose_resnet101_caffe: { params: 53_098_705, macs: 8_836_349_952 },
  pose_resnet152_caffe: { params: 68_788_433, macs: 12_472_811_520 },
  simple_pose_resnet18_v1b: { params: 15_387_857, macs: 2_897_215_488 },
  simple_pose_resnet50_v1b: { params: 34_054_353, macs: 5_426_380_800 },
  simple_pose_resnet101_v1b: { params: 53_098_705, macs: 9_062_842_368 },
  simple_pose_resnet152_v1b: { params: 68_788_433, macs: 12_699_303_936 },
  simple_pose_resnet50_v1d: { params: 34_073_713, macs: 5_661_130_752 },
  simple_pose_resnet101_v1d: { params: 53_118_065, macs: 9_297_592_320 },
  simple_pose_resnet152_v1d: { params: 68_807_793, macs: 12_934_053_888 },
  pose_hrnet_w32: { params: 28_590_449, macs: 7_645_003_776 },
  pose_hrnet_w48: { params: 63_675_329, macs: 15_691_825_152 },
  litehrnet_18: { params: 1_163_169, macs: 242_345_088 },
  litehrnet_30: { params: 1_815_925, macs: 386_103_648 },
  naive_litehrnet_18: { params: 788_141, macs: 211_049_088 },
  wider_naive_litehrnet_18: { params: 1_355_521, macs: 346_050_048 },
  hourglass_1stack: { params: 4_380_688, macs: 5_150_343_168 },
  hourglass_2stack: { params: 8_460_576, macs: 8_334_606_336 },
  hourglass_4stack: { params: 16_620_352, macs: 14_703_132_672 },
  hourglass_8stack: { params: 32_939_904, macs: 27_440_185_344 },
  pose_hourglass_52: { params: 94_907_537, macs: 28_620_161_024 },
  openpose_vgg19: { params: 52_311_446, macs: 135_934_006_784 },
  deeplab_resnet18: { params: 11_499_524, macs: 35_354_050_560 },
  deeplab_resnet34: { params: 21_615_108, macs: 66_383_511_552 },
  deeplab_resnet50: { params: 24_814_596, macs: 75_990_564_864 },
  deeplab_resnet101: { params: 43_858_948, macs: 134_173_949_952 },
  deeplab_resnet152: { params: 59_548_676, macs: 182_089_678_848 },
  stn_deeplab_resnet18: { params: 12_347_748, macs: 35_431_117_552 },
  stn_deeplab_resnet50: { params: 25_662_820, macs: 76_067_631_856 },
  stn_deeplab_resnet101: { params: 44_707_172, macs: 134_251_016_944 },
};
