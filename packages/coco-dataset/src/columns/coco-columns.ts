import type { CocoCategory } from '../coco-types';
import type { NumberColumn } from './number-column';

/** Rows of different lengths one after the other: row i lies from `ends[i - 1]` (0 for the first) to `ends[i]`. */
export interface RaggedColumn<Values> {
  values: Values;
  ends: NumberColumn;
}

/** A validated COCO keypoint file as columns: one typed array for each field, one row for each image or annotation. */
export interface CocoColumns {
  categories: CocoCategory[];
  images: {
    ids: NumberColumn;
    /** UTF-8 bytes. */
    fileNames: RaggedColumn<Uint8Array>;
    /** Pixels. */
    widths: NumberColumn;
    heights: NumberColumn;
  };
  annotations: {
    ids: NumberColumn;
    /** The row of the annotation's image in `images`. */
    imageRows: NumberColumn;
    /** The place of its category in `categories`. */
    categoryRows: NumberColumn;
    /** Flat [x, y, v] triplets, image pixels; an empty row where all of them are 0. */
    keypoints: RaggedColumn<NumberColumn>;
    /** How many keypoints have v > 0. */
    labelled: NumberColumn;
    /** What the file calls num_keypoints. */
    numKeypoints: NumberColumn;
    /** Four numbers each, [x, y, width, height] in image pixels. */
    boxes: NumberColumn;
    areas: NumberColumn;
    iscrowd: NumberColumn;
    /** Packed polygons or JSON text, see `CocoTable.segmentation`; an empty row where none is kept. */
    segmentations: RaggedColumn<Uint8Array>;
  };
}
