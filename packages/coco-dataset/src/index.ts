export { DatasetError } from './dataset-error';
export { COCO_SKELETON, type Skeleton } from './coco-skeleton';
export type { CocoAnnotation, CocoCategory, CocoImage, CocoKeypoints } from './coco-types';
export { readCocoKeypoints } from './read-coco-keypoints';
export { parseCocoKeypoints } from './parse-coco-keypoints';
export { locateCocoSplit, type CocoSplit } from './locate-coco-split';
export { cleanBox } from './clean-box';
export { personInstances, type PersonInstance, type PersonInstancesOptions } from './person-instances';
export { readImage, type Image } from './read-image';
