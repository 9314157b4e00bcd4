import type { CocoColumns, RaggedColumn } from '../columns/coco-columns';
import type { NumberColumn } from '../columns/number-column';

/** Whether every row of the columns is there and nothing points outside of them. */
export function areConsistent({ categories, images, annotations }: CocoColumns): boolean {
  const imageCount = images.ids.length;
  const count = annotations.ids.length;
  const { imageRows, categoryRows, keypoints } = annotations;
  const expected: [NumberColumn, number][] = [
    [images.widths, imageCount],
    [images.heights, imageCount],
    [images.fileNames.ends, imageCount],
    [imageRows, count],
    [categoryRows, count],
    [keypoints.ends, count],
    [annotations.labelled, count],
    [annotations.numKeypoints, count],
    [annotations.boxes, 4 * count],
    [annotations.areas, count],
    [annotations.iscrowd, count],
    [annotations.segmentations.ends, count],
  ];
  return (
    expected.every(([column, length]) => column.length === length) &&
    areRows(imageRows, imageCount) &&
    areRows(categoryRows, categories.length) &&
    endsFit(images.fileNames) &&
    endsFit(annotations.segmentations) &&
    endsFit(keypoints, (row) => 3 * categories[categoryRows[row]].keypoints.length)
  );
}

function areRows(rows: NumberColumn, count: number): boolean {
  for (let i = 0; i < rows.length; i++)
    if (!(rows[i] >= 0 && rows[i] < count && Number.isInteger(rows[i]))) return false;
  return true;
}

/** Whether rows follow each other to the end of the values, and are empty or of the length that they should have. */
function endsFit({ values, ends }: RaggedColumn<{ length: number }>, lengthOf?: (row: number) => number): boolean {
  let before = 0;
  for (let row = 0; row < ends.length; row++) {
    const length = ends[row] - before;
    if (!(length >= 0) || (lengthOf && length !== 0 && length !== lengthOf(row))) return false;
    before = ends[row];
  }
  return before === values.length;
}
