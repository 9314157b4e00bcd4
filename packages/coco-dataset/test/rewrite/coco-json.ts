import fc from 'fast-check';

/** The text of a COCO file whose numbers and spaces are written in ways that JSON.stringify would not. */
export interface CocoText {
  images: { id: number; text: string }[];
  annotations: { id: number; image_id: number; text: string }[];
  /** Other top-level members, written before the lists. */
  members: string[];
}

export const CATEGORY = '{"id": 1, "name": "person", "keypoints": ["nose", "left_eye"], "skeleton": []}';

export function cocoText({ images, annotations, members }: CocoText): string {
  const list = (elements: { text: string }[]): string => `[ ${elements.map(({ text }) => text).join(' ,\n')} ]`;
  return `{${[
    ...members,
    `"categories": [${CATEGORY}]`,
    `"annotations": ${list(annotations)}`,
    `"images":${list(images)}`,
  ].join(',')}}\n`;
}

const nested = fc.constantFrom(
  '"segmentation": [[1.50, 2E1, -0.0]]',
  '"note": "id: 7, \\"image_id\\": 8 \\u00e4 ü"',
  '"deep": {"id": 3, "image_id": [4]}',
  '"area": 1e2',
);

/** Files with images numbered from `from`, at most ten, each with up to three annotations. */
export function cocoTexts(from: number): fc.Arbitrary<CocoText> {
  const image = fc.record({ extra: nested, people: fc.array(fc.tuple(nested, fc.nat(2)), { maxLength: 3 }) });
  return fc.array(image, { minLength: 1, maxLength: 10 }).map((drawn) => {
    const annotations = drawn.flatMap(({ people }, i) => people.map((person) => ({ person, image_id: from + 3 * i })));
    return {
      images: drawn.map(({ extra }, i) => ({
        id: from + 3 * i,
        text: `{${extra}, "id" : ${from + 3 * i}, "file_name":"${i}.jpg", "width": 64.0, "height": 48}`,
      })),
      annotations: annotations.map(({ person: [extra, v], image_id }, i) => ({
        id: from + 5 * i,
        image_id,
        text: `{"image_id":${image_id},${extra},"keypoints": [1, 2, ${v}, 0,0,0], "id": ${from + 5 * i}}`,
      })),
      members: ['"info": {"year": 2017.0}', '"licenses": [{"id": 4, "name": "CC"}]', '"videos": [1.0, "x"]'],
    };
  });
}
