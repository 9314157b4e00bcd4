/** Child process of `link`: loads tfjs-node with an addon that is not in its place yet, and sends what it computes. */
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as tfjs from '@tensorflow/tfjs';
import { explainLoadFailure } from '../native/explain-load-failure';
import type { NodeBackend } from '../native/node-backend';
import { restoreUtilFunctions } from '../native/util-functions';

/** Of one convolution: 'same', 3x3, over this many pixels and channels. */
const [SIZE, IN, OUT] = [8, 3, 4];

export interface Verified {
  tensorflow: string;
  device: 'cuda' | 'cpu';
}
export type Verification = Verified | { failure: string };

async function verify(root: string, addon: string): Promise<Verified> {
  const require = createRequire(join(root, 'dist/index.js'));
  // dist/index.js asks node-pre-gyp where the addon is; here this answers.
  const preGyp = require.resolve('@mapbox/node-pre-gyp');
  require.cache[preGyp] = Object.assign(new Module(preGyp), { exports: { find: () => addon }, loaded: true });
  restoreUtilFunctions();
  const tf = require(root) as typeof tfjs;
  if (!(await tf.setBackend('tensorflow'))) throw new Error(`its 'tensorflow' backend does not start`);

  // Small whole numbers: exact in every precision that a GPU may compute in.
  const whole = (length: number, step: number) => Array.from({ length }, (_, i) => ((i * step) % 7) - 3);
  const x = whole(SIZE * SIZE * IN, 5);
  const filter = whole(9 * IN * OUT, 3);
  const y = tf.conv2d(tf.tensor4d(x, [1, SIZE, SIZE, IN]), tf.tensor4d(filter, [3, 3, IN, OUT]), 1, 'same').dataSync();
  const expected = plainConvolution(x, filter);
  const wrong = expected.findIndex((value, i) => !(Math.abs(y[i] - value) < 1e-2));
  if (wrong >= 0 || y.length !== expected.length) {
    throw new Error(`a convolution is wrong: value ${wrong} is ${y[wrong]}, expected ${expected[wrong]}`);
  }
  const { binding, isUsingGpuDevice } = tf.backend() as NodeBackend;
  return { tensorflow: binding.TF_Version, device: isUsingGpuDevice ? 'cuda' : 'cpu' };
}

function plainConvolution(x: number[], filter: number[]): number[] {
  const y = new Array<number>(SIZE * SIZE * OUT).fill(0);
  for (let row = 0; row < SIZE; row++)
    for (let column = 0; column < SIZE; column++)
      for (let ky = 0; ky < 3; ky++)
        for (let kx = 0; kx < 3; kx++) {
          const [fromRow, fromColumn] = [row + ky - 1, column + kx - 1];
          if (fromRow < 0 || fromRow >= SIZE || fromColumn < 0 || fromColumn >= SIZE) continue;
          for (let i = 0; i < IN; i++)
            for (let o = 0; o < OUT; o++)
              y[(row * SIZE + column) * OUT + o] +=
                x[(fromRow * SIZE + fromColumn) * IN + i] * filter[((ky * 3 + kx) * IN + i) * OUT + o];
        }
  return y;
}

verify(process.argv[2], process.argv[3])
  .catch((error: unknown): Verification => ({ failure: explainLoadFailure(error) }))
  .then((result: Verification) => process.send?.(result, () => process.exit()));
