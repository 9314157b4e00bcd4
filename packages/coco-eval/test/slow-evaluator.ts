import type { CocoGroundTruth, CocoKeypointAnnotation, CocoKeypointResult, EvalParams } from '../src/index';

/**
 * The evaluation once more, from its definition and without a thought for speed: every question (is this annotation
 * ignored? how many are right above this score?) is answered by going through everything again.
 */
interface Detection extends CocoKeypointResult {
  id: number;
  area: number;
}

export interface SlowMatches {
  dt: Detection[];
  gt: CocoKeypointAnnotation[];
  /** [detection]: the annotation taken. */
  taken: (CocoKeypointAnnotation | undefined)[];
}

type Settings = Omit<EvalParams, 'imgIds' | 'catIds' | 'useCats' | 'allowEmpty'>;
type Range = readonly [number, number];

/** What differs between keypoints and boxes. */
interface Kind {
  similarity(detection: CocoKeypointResult, annotation: CocoKeypointAnnotation): number;
  isIgnored(annotation: CocoKeypointAnnotation, range: Range): boolean;
}

const outside = ({ area }: { area: number }, [low, high]: Range): boolean => area < low || area > high;

export const slowKeypoints = (sigmas: readonly number[]): Kind => ({
  similarity: (detection, person) => oksOf(detection, person, sigmas),
  isIgnored: (person, range) => Boolean(person.iscrowd) || person.num_keypoints === 0 || outside(person, range),
});

export const SLOW_BOXES: Kind = {
  similarity: iouOf,
  isIgnored: (annotation, range) => Boolean(annotation.iscrowd) || outside(annotation, range),
};

/** The shared corners' product over what both cover; the detection's own area with a crowd. */
function iouOf({ bbox }: CocoKeypointResult, annotation: CocoKeypointAnnotation): number {
  const [a, b] = [Array.from(bbox ?? []), Array.from(annotation.bbox)];
  const shared = [0, 1].map((axis) =>
    Math.max(0, Math.min(a[axis] + a[axis + 2], b[axis] + b[axis + 2]) - Math.max(a[axis], b[axis])),
  );
  const both = shared[0] * shared[1];
  if (both === 0) return 0;
  return both / (annotation.iscrowd ? a[2] * a[3] : a[2] * a[3] + b[2] * b[3] - both);
}

function oksOf(detection: CocoKeypointResult, person: CocoKeypointAnnotation, sigmas: readonly number[]): number {
  const [bx, by, bw, bh] = Array.from(person.bbox);
  const labelled = sigmas.map((_, k) => k).filter((k) => person.keypoints[3 * k + 2] > 0);
  const joints = labelled.length > 0 ? labelled : sigmas.map((_, k) => k);
  const beyond = (value: number, low: number, high: number): number =>
    value < low ? low - value : value > high ? value - high : 0;
  const similarities = joints.map((k) => {
    const [x, y] = [detection.keypoints[3 * k], detection.keypoints[3 * k + 1]];
    const dx = labelled.length > 0 ? x - person.keypoints[3 * k] : beyond(x, bx - bw, bx + 2 * bw);
    const dy = labelled.length > 0 ? y - person.keypoints[3 * k + 1] : beyond(y, by - bh, by + 2 * bh);
    return Math.exp(-(dx ** 2 + dy ** 2) / (2 * (person.area + 2 ** -52) * (2 * sigmas[k]) ** 2));
  });
  return similarities.reduce((sum, value) => sum + value, 0) / joints.length;
}

function matchImage(
  dt: Detection[],
  people: CocoKeypointAnnotation[],
  range: Range,
  threshold: number,
  { similarity, isIgnored }: Kind,
): SlowMatches {
  const gt = [
    ...people.filter((person) => !isIgnored(person, range)),
    ...people.filter((person) => isIgnored(person, range)),
  ];
  const taken: SlowMatches['taken'] = [];
  for (const detection of dt) {
    const good = gt
      .filter((person) => person.iscrowd || !taken.includes(person))
      .map((person) => ({ person, alike: similarity(detection, person) }))
      .filter(({ alike }) => alike >= Math.min(threshold, 1 - 1e-10));
    const regular = good.filter(({ person }) => !isIgnored(person, range));
    const candidates = regular.length > 0 ? regular : good;
    const best = Math.max(...candidates.map(({ alike }) => alike));
    taken.push(candidates.filter(({ alike }) => alike === best).pop()?.person);
  }
  return { dt, gt, taken };
}

/** Precision [T][R][K][A][M] and recall [T][K][A][M], flat. */
export function slowEvaluation(
  groundTruth: CocoGroundTruth,
  results: readonly CocoKeypointResult[],
  settings: Settings,
  kind: Kind,
) {
  const { iouThrs, recThrs, areaRng, maxDets } = settings;
  const { isIgnored } = kind;
  const detections: Detection[] = results.map((result, i) => {
    const extent = (axis: number): number => {
      const values = Array.from(result.keypoints).filter((_, j) => j % 3 === axis);
      return Math.max(...values) - Math.min(...values);
    };
    const area = results[0].bbox && result.bbox ? result.bbox[2] * result.bbox[3] : extent(0) * extent(1);
    return { ...result, id: i + 1, area };
  });
  const images = groundTruth.images.map(({ id }) => id).sort((a, b) => a - b);
  const categories = groundTruth.categories.map(({ id }) => id).sort((a, b) => a - b);
  const most = Math.max(...maxDets);
  const precision: number[] = [];
  const scores: number[] = [];
  const recall: number[] = [];
  const matches: SlowMatches[] = [];

  const curve = (threshold: number, category: number, range: Range, maxDet: number) => {
    const perImage = images.map((image) => {
      const here = (entry: { image_id: number; category_id: number }) =>
        entry.image_id === image && entry.category_id === category;
      const dt = detections
        .filter(here)
        .sort((a, b) => b.score - a.score)
        .slice(0, most);
      return matchImage(dt, groundTruth.annotations.filter(here), range, threshold, kind);
    });
    matches.push(...perImage);
    const positives = perImage.flatMap(({ gt }) => gt).filter((person) => !isIgnored(person, range)).length;
    const points = perImage
      .flatMap(({ dt, taken }) => dt.slice(0, maxDet).map((detection, d) => ({ detection, person: taken[d] })))
      .map(({ detection, person }) => ({
        score: detection.score,
        counts: person ? !isIgnored(person, range) : detection.area >= range[0] && detection.area <= range[1],
        right: person !== undefined,
      }))
      .sort((a, b) => b.score - a.score);
    return { positives, points };
  };

  for (const threshold of iouThrs) {
    const cells = categories.flatMap((category) =>
      areaRng.flatMap((range) => maxDets.map((maxDet) => curve(threshold, category, range, maxDet))),
    );
    const traced = cells.map(({ positives, points }) => ({
      positives,
      points: points.map(({ score }, i) => {
        const counted = points.slice(0, i + 1).filter(({ counts }) => counts);
        const right = counted.filter((point) => point.right).length;
        return { score, recall: right / positives, precision: right / (counted.length + 2 ** -52) };
      }),
    }));
    for (const { positives, points } of traced) {
      recall.push(positives === 0 ? -1 : points.length === 0 ? 0 : points[points.length - 1].recall);
    }
    for (const recThr of recThrs) {
      for (const { positives, points } of traced) {
        const at = points.findIndex((point) => point.recall >= recThr);
        const reached = at < 0 ? 0 : Math.max(...points.slice(at).map((point) => point.precision));
        precision.push(positives === 0 ? -1 : reached);
        scores.push(positives === 0 ? -1 : at < 0 ? 0 : points[at].score);
      }
    }
  }
  return { precision, recall, scores, matches };
}
