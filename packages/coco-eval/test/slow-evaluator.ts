import type { CocoGroundTruth, CocoKeypointAnnotation, CocoKeypointResult, KeypointEvalParams } from '../src/index';

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

type Settings = Omit<KeypointEvalParams, 'imgIds' | 'catIds' | 'useCats' | 'allowEmpty'>;

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

function isIgnored(person: CocoKeypointAnnotation, [low, high]: readonly [number, number]): boolean {
  return Boolean(person.iscrowd) || person.num_keypoints === 0 || person.area < low || person.area > high;
}

function matchImage(
  dt: Detection[],
  people: CocoKeypointAnnotation[],
  range: readonly [number, number],
  threshold: number,
  sigmas: readonly number[],
): SlowMatches {
  const gt = [
    ...people.filter((person) => !isIgnored(person, range)),
    ...people.filter((person) => isIgnored(person, range)),
  ];
  const taken: SlowMatches['taken'] = [];
  for (const detection of dt) {
    const good = gt
      .filter((person) => person.iscrowd || !taken.includes(person))
      .map((person) => ({ person, oks: oksOf(detection, person, sigmas) }))
      .filter(({ oks }) => oks >= Math.min(threshold, 1 - 1e-10));
    const regular = good.filter(({ person }) => !isIgnored(person, range));
    const candidates = regular.length > 0 ? regular : good;
    const best = Math.max(...candidates.map(({ oks }) => oks));
    taken.push(candidates.filter(({ oks }) => oks === best).pop()?.person);
  }
  return { dt, gt, taken };
}

/** Precision [T][R][K][A][M] and recall [T][K][A][M], flat. */
export function slowEvaluation(
  groundTruth: CocoGroundTruth,
  results: readonly CocoKeypointResult[],
  settings: Settings,
) {
  const { iouThrs, recThrs, areaRng, maxDets, sigmas } = settings;
  const detections: Detection[] = results.map((result, i) => {
    const xs = Array.from(result.keypoints).filter((_, j) => j % 3 === 0);
    const ys = Array.from(result.keypoints).filter((_, j) => j % 3 === 1);
    const extents = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
    const area = results[0].bbox && result.bbox ? result.bbox[2] * result.bbox[3] : extents;
    return { ...result, id: i + 1, area };
  });
  const images = groundTruth.images.map(({ id }) => id).sort((a, b) => a - b);
  const categories = groundTruth.categories.map(({ id }) => id).sort((a, b) => a - b);
  const most = Math.max(...maxDets);
  const precision: number[] = [];
  const scores: number[] = [];
  const recall: number[] = [];
  const matches: SlowMatches[] = [];

  const curve = (threshold: number, category: number, range: readonly [number, number], maxDet: number) => {
    const perImage = images.map((image) => {
      const here = (entry: { image_id: number; category_id: number }) =>
        entry.image_id === image && entry.category_id === category;
      const dt = detections
        .filter(here)
        .sort((a, b) => b.score - a.score)
        .slice(0, most);
      return matchImage(dt, groundTruth.annotations.filter(here), range, threshold, sigmas);
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
