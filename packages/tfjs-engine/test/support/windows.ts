import fc from 'fast-check';

/** Sizes of a window sliding over two images, padded unevenly and now and then reaching only into the padding. */
export const windows = fc
  .record({
    inHeight: fc.integer({ min: 1, max: 9 }),
    inWidth: fc.integer({ min: 1, max: 9 }),
    filterHeight: fc.integer({ min: 1, max: 4 }),
    filterWidth: fc.integer({ min: 1, max: 4 }),
    strideHeight: fc.integer({ min: 1, max: 3 }),
    strideWidth: fc.integer({ min: 1, max: 3 }),
    padTop: fc.integer({ min: 0, max: 4 }),
    padLeft: fc.integer({ min: 0, max: 4 }),
    outHeight: fc.integer({ min: 1, max: 9 }),
    outWidth: fc.integer({ min: 1, max: 9 }),
  })
  .map((sizes) => ({ batchSize: 2, ...sizes }));

/** Such as fill the vector lanes, and such as do not. */
export const channelCounts = fc.constantFrom(1, 2, 3, 4, 7, 8, 13, 17, 24);
