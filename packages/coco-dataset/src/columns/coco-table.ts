import type { CocoAnnotation, CocoImage, CocoSegmentation } from '../coco-types';
import type { CocoColumns, RaggedColumn } from './coco-columns';
import { PACKED_MARK, unpackPolygons } from './packed-polygons';

/** The columns of a COCO keypoint file, and single rows of them as objects. Rows count from 0, in the file's order. */
export class CocoTable {
  constructor(readonly columns: CocoColumns) {}

  /** How many images. */
  get imageCount(): number {
    return this.columns.images.ids.length;
  }

  /** How many annotations. */
  get annotationCount(): number {
    return this.columns.annotations.ids.length;
  }

  /** The image of a row, a new object. */
  image(row: number): CocoImage {
    const { ids, fileNames, widths, heights } = this.columns.images;
    const name = fileNames.values.subarray(...extent(fileNames, row));
    return { id: ids[row], file_name: utf8.decode(name), width: widths[row], height: heights[row] };
  }

  /** The annotation of a row, a new object. */
  annotation(row: number): CocoAnnotation {
    const { annotations, categories, images } = this.columns;
    const { boxes } = annotations;
    const annotation: CocoAnnotation = {
      id: annotations.ids[row],
      image_id: images.ids[annotations.imageRows[row]],
      category_id: categories[annotations.categoryRows[row]].id,
      keypoints: this.keypoints(row),
      num_keypoints: annotations.numKeypoints[row],
      bbox: [boxes[4 * row], boxes[4 * row + 1], boxes[4 * row + 2], boxes[4 * row + 3]],
      area: annotations.areas[row],
      iscrowd: annotations.iscrowd[row] === 0 ? 0 : 1,
    };
    const segmentation = this.segmentation(row);
    if (segmentation) annotation.segmentation = segmentation;
    return annotation;
  }

  /** Flat [x, y, v] triplets of the annotation of a row, image pixels; a new array. */
  keypoints(row: number): number[] {
    const { keypoints, categoryRows } = this.columns.annotations;
    const [from, to] = extent(keypoints, row);
    const triplets = new Array<number>(3 * this.columns.categories[categoryRows[row]].keypoints.length).fill(0);
    for (let i = from; i < to; i++) triplets[i - from] = keypoints.values[i];
    return triplets;
  }

  /** The segmentation of the annotation of a row, where it was kept. */
  segmentation(row: number): CocoSegmentation | undefined {
    const { segmentations } = this.columns.annotations;
    const [from, to] = extent(segmentations, row);
    if (from === to) return undefined;
    if (segmentations.values[from] === PACKED_MARK) return unpackPolygons(segmentations.values.subarray(from, to));
    const json = JSON.parse(utf8.decode(segmentations.values.subarray(from, to))) as CocoSegmentation;
    return Array.isArray(json) ? json : { size: json.size, counts: json.counts };
  }
}

// A byte order mark within a file is text like any other.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function extent<Values>({ ends }: RaggedColumn<Values>, row: number): [from: number, to: number] {
  return [row === 0 ? 0 : ends[row - 1], ends[row]];
}
