import { OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { confidenceMaps, gaussianHeatmaps, partAffinityFields } from '@pose/heatmap-targets';
import { runPython } from './python';
import { measure, table } from './shared';

export interface TargetTiming {
  what: string;
  /** per sample: one person's crop, or one image with `people` */
  milliseconds: number;
  people: number;
  /** of all values that were made; the Python script must arrive at the same */
  sum: number;
  runs: number;
}

export interface TargetResults {
  typescript: TargetTiming[];
  /** The reference algorithms in numpy, in the same order, or why there are none. */
  numpy: TargetTiming[] | { reason: string };
}

const SAMPLES = 100;
/** Samples take microseconds: longer tells nothing new. */
const LONGEST = 2;

/**
 * Targets into buffers that are used again, in the default layout; in numpy the same from the same keypoints, one thread:
 * Gaussian heatmaps of 17 keypoints (sigma 2) at a quarter of `input`, OpenPose's 18 confidence maps with background (summed)
 * and 19 limbs at 46x46 for 1, 4 and 10 people.
 *
 * @throws Error when both did not make the same targets
 */
export async function measureTargets(input: [height: number, width: number], seconds: number): Promise<TargetResults> {
  const time = Math.min(seconds, LONGEST);
  const typescript = [await measureGaussians(input, time)];
  for (const people of [1, 4, 10]) typescript.push(...(await measureOpenPose(people, time)));
  const numpy = await runPython<TargetTiming[]>('targets.py', [...input, time].map(String));
  if (Array.isArray(numpy)) {
    typescript.forEach(({ what, people, sum }, i) => {
      if (Math.abs(sum - numpy[i].sum) <= 1e-5 * Math.abs(sum)) return;
      throw new Error(`${what}, people: ${people}: the targets sum up to ${sum}, in numpy to ${numpy[i].sum}`);
    });
  }
  return { typescript, numpy };
}

export function targetTable({ typescript, numpy }: TargetResults): string {
  const rows = typescript.map(({ what, people, milliseconds, runs }, i) => {
    const other = Array.isArray(numpy) ? numpy[i].milliseconds : undefined;
    const ratio = other === undefined ? '' : `${(other / milliseconds).toFixed(1)} x`;
    return [what, `${people}`, milliseconds.toFixed(4), other?.toFixed(4) ?? '', ratio, `${runs}`];
  });
  const lines = table(['targets', 'people', 'TypeScript, ms', 'numpy, ms', 'numpy / TypeScript', 'runs'], rows);
  return Array.isArray(numpy) ? lines : `${lines}\n\nNothing from numpy: ${numpy.reason}`;
}

async function measureGaussians([height, width]: [number, number], seconds: number): Promise<TargetTiming> {
  const keypoints = 17;
  const heatmapSize: [number, number] = [width / 4, height / 4];
  const into = {
    heatmaps: new Float32Array(heatmapSize[0] * heatmapSize[1] * keypoints),
    weights: new Float32Array(keypoints),
  };
  const options = { inputSize: [width, height], heatmapSize } as const;
  const people = Array.from({ length: SAMPLES }, (_, sample) => personIn(keypoints, 51 * sample, 0, 0, width, height));
  return timed(
    `${keypoints} Gaussian heatmaps of ${heatmapSize[1]}x${heatmapSize[0]}`,
    1,
    seconds,
    people,
    (person) => [gaussianHeatmaps(person, options, into).heatmaps],
  );
}

async function measureOpenPose(people: number, seconds: number): Promise<TargetTiming[]> {
  const keypoints = 18;
  const [size, grid] = [368, 46];
  const frame = { inputSize: [size, size], heatmapSize: [grid, grid] } as const;
  const [maps, fields] = [keypoints + 1, 2 * OPENPOSE_SKELETON.limbs.length].map(
    (n) => new Float32Array(n * grid * grid),
  );
  // people of 80x140 pixels, keypoints anywhere in them
  const images = Array.from({ length: SAMPLES }, (_, sample) =>
    Array.from({ length: people }, (_, n) => {
      const seed = 1000 * sample + 57 * n;
      return personIn(keypoints, seed + 2, spread(seed) * (size - 80), spread(seed + 1) * (size - 140), 80, 140);
    }),
  );
  const { limbs } = OPENPOSE_SKELETON;
  return [
    await timed('part affinity fields', people, seconds, images, (image) => [
      partAffinityFields(image, { ...frame, limbs }, fields),
    ]),
    await timed('confidence maps and fields', people, seconds, images, (image) => [
      confidenceMaps(image, { ...frame, rule: 'sum' }, maps),
      partAffinityFields(image, { ...frame, limbs }, fields),
    ]),
  ];
}

/** Numbers from 0 to 1, evenly spread; the Python script has the same. */
function spread(i: number): number {
  return (0.618034 * i) % 1;
}

function personIn(keypoints: number, seed: number, left: number, top: number, width: number, height: number) {
  return Float64Array.from({ length: 3 * keypoints }, (_, i) => {
    if (i % 3 === 2) return 2;
    return i % 3 === 0 ? left + spread(seed + i) * width : top + spread(seed + i) * height;
  });
}

async function timed<Sample>(
  what: string,
  people: number,
  seconds: number,
  samples: readonly Sample[],
  make: (sample: Sample) => Float32Array[],
): Promise<TargetTiming> {
  const { seconds: run, runs } = await measure(seconds, () => {
    for (const sample of samples) make(sample);
  });
  let sum = 0;
  for (const sample of samples) for (const maps of make(sample)) sum = maps.reduce((total, v) => total + v, sum);
  return { what, milliseconds: (1000 * run) / samples.length, people, sum, runs };
}
