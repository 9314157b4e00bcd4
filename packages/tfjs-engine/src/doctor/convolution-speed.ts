import { conv2d, dispose, randomNormal, slice4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';

const [HEIGHT, WIDTH, CHANNELS] = [64, 48, 64];

/**
 * GFLOP/s (a multiplication and an addition are two) of a forward 3x3 convolution of 64 to 64 channels over 64x48
 * pixels, SimpleBaseline's second stage at 256x192, on the active engine; takes about a second.
 */
export function convolutionSpeed(batch: number): number {
  const x: Tensor4D = randomNormal([batch, HEIGHT, WIDTH, CHANNELS]);
  const filter: Tensor4D = randomNormal([3, 3, CHANNELS, CHANNELS]);
  // Reading one value waits for a GPU without downloading the whole output.
  const run = () => tidy(() => slice4d(conv2d(x, filter, 1, 'same'), [0, 0, 0, 0], [1, 1, 1, 1]).dataSync());
  run();
  const start = performance.now();
  let seconds: number;
  let runs = 0;
  do {
    run();
    runs++;
    seconds = (performance.now() - start) / 1000;
  } while (seconds < 1);
  dispose([x, filter]);
  return (2 * 9 * CHANNELS * CHANNELS * HEIGHT * WIDTH * batch * runs) / seconds / 1e9;
}
