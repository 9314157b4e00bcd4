import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { onWasm } from '../support/wasm';

/** One axis: its length, where the slice begins, how long it is. */
const axis = fc
  .integer({ min: 1, max: 6 })
  .chain((length) => fc.integer({ min: 0, max: length - 1 }).map((begin) => [length, begin] as const))
  .chain(([length, begin]) => fc.integer({ min: 1, max: length - begin }).map((size) => ({ length, begin, size })));

test('tf.slice of images, with all channels or some, is the part that it should be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(axis, axis, axis, axis), fc.boolean(), async (axes, wholeChannels) => {
      if (wholeChannels) Object.assign(axes[3], { begin: 0, size: axes[3].length });
      const [shape, begin, size] = (['length', 'begin', 'size'] as const).map((part) => axes.map((one) => one[part]));
      const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => i);
      const part = await onWasm(() => tf.tidy(() => tf.slice(tf.tensor(values, shape), begin, size).dataSync()));
      const strides = [shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3], 1];
      const expected: number[] = [];
      for (let n = 0; n < size[0]; n++)
        for (let y = 0; y < size[1]; y++)
          for (let x = 0; x < size[2]; x++)
            for (let c = 0; c < size[3]; c++)
              expected.push([n, y, x, c].reduce((sum, at, i) => sum + (begin[i] + at) * strides[i], 0));
      expect([...part]).toEqual(expected);
    }),
  );
});
