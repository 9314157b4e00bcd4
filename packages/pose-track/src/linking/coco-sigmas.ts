/**
 * Standard deviations of COCO's 17 keypoints relative to the square root of the person's area, in COCO's order
 * (cocodataset/cocoapi PythonAPI/pycocotools/cocoeval.py, Params.setKpParams, whose division by ten gives its doubles).
 */
export const COCO_SIGMAS: readonly number[] = [
  0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89,
].map((sigma) => sigma / 10);
