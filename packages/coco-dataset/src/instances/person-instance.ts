/** One person to train on or to evaluate; plain data, so that it can be sent to a worker thread. */
export interface PersonInstance {
  /** Id of the annotation; for a detected box the number of the detection in its file, counted from 1. */
  annotationId: number;
  imageId: number;
  /** Absolute path. */
  imageFile: string;
  /** [width, height] in pixels, as the annotation file says. */
  imageSize: [number, number];
  /** [x, y, width, height] in image pixels. An annotated one is limited to the image by `cleanBox`. */
  box: [number, number, number, number];
  /** Area of the person's segment in square pixels, as annotated; that of the box where no segment is known. */
  area: number;
  /** Flat [x, y, v] triplets in image pixels; zeros for a detected box. */
  keypoints: number[];
  /** How many of them are labelled (v > 0). */
  numKeypoints: number;
  /** Of the detection, if the box is a detected one. */
  score?: number;
}
