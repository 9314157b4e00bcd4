import type { Summary } from '@pose/golden-cases';
import { connectPeaks, findPeaks, groupPeople, OPENPOSE_GROUPING, PAF_TO_POSE } from '../../src';
import { parity } from '../golden';
import { type Scene, sceneFields, sceneHeatmaps } from './paf-scene';

type Triplet = [number, number, number];

interface Inputs {
  scene: Scene;
  peak_threshold: number;
  upsample: number;
}

interface Person {
  parts: number[];
  count: number;
  total: number;
  score: number;
}

interface Expected {
  heat: Summary;
  paf: Summary;
  peaks: [x: number, y: number, score: number, id: number][][];
  persons_cpp: (Person & { keypoints: (Triplet | null)[] })[];
  limbs_python: Triplet[][];
  persons_python: Person[];
}

const { limbs, order } = OPENPOSE_GROUPING;

parity<Inputs, Expected>('paf_group', ({ inputs, expected, check, checkSummary }) => {
  const { scene, peak_threshold: peakThreshold, upsample: stride } = inputs;
  const size = [scene.grid, scene.grid] as const;
  const heatmaps = sceneHeatmaps(scene);
  const fields = sceneFields(scene, limbs);
  checkSummary('heat', heatmaps, expected.heat);
  checkSummary('paf', fields, expected.paf);

  const peaks = findPeaks(heatmaps, { size, keypoints: 18, maps: 19, peakThreshold, stride });
  const wanted = expected.peaks.flat();
  expect(Array.from(peaks.starts)).toEqual(
    expected.peaks.reduce((all, { length }) => [...all, all.at(-1)! + length], [0]),
  );
  check('peaks.x,y', peaks.points.filter((_, i) => i % 3 < 2), wanted.map(([x, y]) => [x, y])); // prettier-ignore
  check('peaks.score', peaks.points.filter((_, i) => i % 3 === 2), wanted.map(([, , score]) => score)); // prettier-ignore

  const shape = { size, stride, limbs, order };
  const people = groupPeople(peaks, fields, shape);
  expect(people.map(({ parts }) => Array.from(parts))).toEqual(expected.persons_cpp.map(({ parts }) => parts));
  people.forEach((person, i) => {
    const { keypoints, count, total, score } = expected.persons_cpp[i];
    expect(person.count).toBe(count);
    check('persons_cpp.keypoints', person.keypoints, keypoints.map((keypoint) => keypoint ?? [0, 0, 0])); // prettier-ignore
    check('persons_cpp.total', [person.total], total);
    check('persons_cpp.score', [person.score], score);
  });

  const connections = connectPeaks(peaks, fields, { ...shape, ...PAF_TO_POSE });
  order.forEach((limb, i) => {
    const rows = connections[limb].map(({ from, to, score }) => [from, to, score]);
    check('limbs_python', rows.flat(), expected.limbs_python[i]);
  });
  const others = groupPeople(peaks, fields, { ...shape, ...PAF_TO_POSE });
  expect(others.map(({ parts }) => Array.from(parts))).toEqual(expected.persons_python.map(({ parts }) => parts));
  others.forEach((person, i) => {
    expect(person.count).toBe(expected.persons_python[i].count);
    check('persons_python.total', [person.total], expected.persons_python[i].total);
    check('persons_python.score', [person.score], expected.persons_python[i].score);
  });
});
