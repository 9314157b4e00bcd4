import fc from 'fast-check';

/** Whole numbers and decimals, some of which only a double holds; none crowd at zero. */
const number = fc.oneof(
  fc.integer({ min: -40, max: 700 }),
  fc.integer({ min: -4000, max: 70000 }).map((n) => n / 100),
  fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((n) => n / 2 ** 20),
  fc.constantFrom(-0, 0.1, 1e-7, 123456789.125, 0.30000000000000004, 1e21, 32768, 2 ** 31, 5e-324),
);
const length = fc.oneof(
  fc.integer({ min: 0, max: 700 }),
  fc.integer({ min: 0, max: 70000 }).map((n) => n / 100),
);
const id = fc.oneof(fc.nat(2000), fc.constantFrom(-3, 2 ** 31, Number.MAX_SAFE_INTEGER));
const name = fc.oneof(
  fc.constantFrom(
    '000000000139.jpg',
    'train/a.jpg',
    'a b.jpg',
    'über/图.png',
    '..a.jpg',
    'x/../y.jpg',
    'a"b\\c.jpg',
    './a',
    'ﬀ\ufeff.jpg',
  ),
  fc
    .string({ minLength: 1, maxLength: 8 })
    .map((text) => `f${text}`)
    .filter((text) => !/\.\.|[\\/]/.test(text)),
);

const polygons = fc.array(
  fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 4 }).map((points) => points.flat()),
  { maxLength: 2 },
);
const mask = fc.oneof(
  fc.constant({ size: [4, 5], counts: [0, 7, 13] }),
  fc.constant({ counts: '06:P1', size: [48, 64] }),
  fc.constant({ size: [0, 0], counts: [] }),
);

function triplets(keypoints: number): fc.Arbitrary<number[]> {
  const triplet = fc.tuple(number, number, fc.constantFrom(0, 1, 2));
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(triplet, { minLength: keypoints, maxLength: keypoints }).map((list) => list.flat()),
    },
    fc.constant(new Array<number>(3 * keypoints).fill(0)),
  );
}

function annotation(imageIds: number[], categories: { id: number; keypoints: string[] }[]): fc.Arbitrary<object> {
  return fc.constantFrom(...categories).chain((category) =>
    fc.record(
      {
        segmentation: fc.oneof(polygons, mask, fc.constant(null)),
        num_keypoints: fc.nat(17),
        area: fc.oneof(length, number.map(Math.abs)),
        iscrowd: fc.constantFrom(0, 0, 1),
        keypoints: triplets(category.keypoints.length),
        image_id: fc.constantFrom(...imageIds),
        bbox: fc.tuple(number, number, length, length),
        category_id: fc.constant(category.id),
        id: fc.constant(0),
        score: fc.jsonValue(),
      },
      { requiredKeys: ['area', 'keypoints', 'image_id', 'bbox', 'category_id', 'id'], noNullPrototype: true },
    ),
  );
}

/** A valid COCO keypoint file, parsed, with its lists in any order. */
export const randomCoco: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.uniqueArray(id, { minLength: 1, maxLength: 4 }),
    fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
    fc.uniqueArray(id, { minLength: 8, maxLength: 8 }),
  )
  .chain(([imageIds, categoryIds, annotationIds]) => {
    const categories = categoryIds.map((id, i) => ({
      id,
      name: `kind ${i}`,
      keypoints: ['head', 'hand', 'foot'].slice(0, 3 - i),
      ...(i === 0 ? { skeleton: [[1, 2]] } : { supercategory: 'thing' }),
    }));
    const [first] = categories;
    const person = {
      image_id: imageIds[0],
      category_id: first.id,
      keypoints: first.keypoints.flatMap((_, k) => [k, 2 * k, 2]),
      bbox: [1, 2, 30.5, 40],
      area: 77.25,
      iscrowd: 0,
    };
    const images = fc.tuple(
      ...imageIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          file_name: name,
          width: fc.integer({ min: 1, max: 70000 }),
          height: fc.constant(480),
        }),
      ),
    );
    return fc
      .tuple(images, fc.array(annotation(imageIds, categories), { maxLength: 6 }), fc.nat(6), fc.boolean(), fc.nat(5))
      .map(([images, others, at, repeat, turn]) => {
        const annotations = [...others.slice(0, at), person, ...others.slice(at)].map((one, i) => ({
          ...one,
          id: annotationIds[i],
        }));
        const lists = Object.entries({
          info: { year: 2017 },
          images: repeat ? [...images, images[0]] : images,
          annotations,
          categories,
          licenses: [{ id: 1 }],
        });
        return Object.fromEntries([...lists.slice(turn), ...lists.slice(0, turn)]);
      });
  });
