/**
 * decode-heatmaps.mjs SECONDS: times decoders of @pose/pose-decode, in a process without a TypeScript loader, whose
 * translation of the packages costs them up to a half of their speed. Prints JSON: for each layout the list of timings
 * that python/decoding.py prints, from the same heatmaps.
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { decodeDark, decodeHeatmaps, mergeFlipped } from '@pose/pose-decode';

const [BATCH, KEYPOINTS, HEIGHT, WIDTH] = [32, 17, 64, 48];
const SIGMA = 2;
const FLIP_PAIRS = Array.from({ length: 8 }, (_, i) => [2 * i + 1, 2 * i + 2]);

const seconds = Number(process.argv[2]);
console.log(JSON.stringify({ hwk: measureLayout('hwk'), khw: measureLayout('khw') }));

function measureLayout(layout) {
  const shape = { size: [WIDTH, HEIGHT], keypoints: KEYPOINTS, batch: BATCH, layout };
  const heatmaps = makeHeatmaps(layout);
  const into = new Float32Array(3 * BATCH * KEYPOINTS);
  const merged = new Float32Array(heatmaps.length);
  return [
    timed('quarter offset', () => decodeHeatmaps(heatmaps, shape, into)),
    timed('DARK', () => decodeDark(heatmaps, shape, into)),
    timed('flip test and maximum', () => {
      mergeFlipped(heatmaps, heatmaps, { ...shape, flipPairs: FLIP_PAIRS }, merged);
      return decodeHeatmaps(merged, { ...shape, refine: 'none' }, into);
    }),
  ];
}

/** Numbers from 0 to 1, evenly spread; the Python script has the same. */
function spread(i) {
  return (0.618034 * i) % 1;
}

function makeHeatmaps(layout) {
  const heatmaps = new Float32Array(BATCH * KEYPOINTS * HEIGHT * WIDTH);
  for (let map = 0; map < BATCH * KEYPOINTS; map++) {
    const [centerX, centerY] = [spread(3 * map) * WIDTH, spread(7 * map + 1) * HEIGHT];
    const peak = 0.3 + 0.7 * spread(5 * map + 2);
    const [person, k] = [Math.floor(map / KEYPOINTS), map % KEYPOINTS];
    for (let pixel = 0; pixel < HEIGHT * WIDTH; pixel++) {
      const distance = ((pixel % WIDTH) - centerX) ** 2 + (Math.floor(pixel / WIDTH) - centerY) ** 2;
      const value = peak * Math.exp(-distance / (2 * SIGMA ** 2)) + 0.001 * spread(7 * pixel + 3 * map);
      const place = layout === 'khw' ? map * HEIGHT * WIDTH + pixel : (person * HEIGHT * WIDTH + pixel) * KEYPOINTS + k;
      heatmaps[place] = value;
    }
  }
  return heatmaps;
}

/** The protocol of `measure` in bench/shared.ts: two runs to warm up, the median of at least three. */
function timed(what, decode) {
  for (let i = 0; i < 2; i++) decode();
  const times = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < 3 || performance.now() < end) {
    const start = performance.now();
    decode();
    times.push(performance.now() - start);
  }
  times.sort((one, other) => one - other);
  return { what, milliseconds: times[times.length >> 1], points: Array.from(decode()), runs: times.length };
}
