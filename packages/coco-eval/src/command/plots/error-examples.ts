import type * as poseViz from '@pose/pose-viz';
import type { Image, Skeleton } from '@pose/pose-viz';
import type { AnalyzedDetection, KeypointErrorAnalysis } from '../../analysis/analyze-keypoint-errors';
import type { KeypointErrorKind } from '../../analysis/classify-keypoints';
import type { CocoGroundTruth, CocoKeypointResult } from '../../input/coco-types';
import { drawErrorExample, emptyPicture } from './draw-error-example';

/** A detection as an example of a kind of error. */
export interface ErrorExample {
  readonly kind: KeypointErrorKind;
  readonly analyzed: AnalyzedDetection;
  /** Keypoints of the kind. */
  readonly count: number;
}

/** The detections with the most keypoints of a kind; of equally many those first that the network is surest of. */
export function errorExamples(
  kind: KeypointErrorKind,
  analysis: KeypointErrorAnalysis,
  detections: readonly CocoKeypointResult[],
  most: number,
): ErrorExample[] {
  const scoreOf = ({ analyzed }: ErrorExample): number => detections[analyzed.detection].score;
  return analysis.detections
    .map((analyzed) => ({ kind, analyzed, count: analyzed.kinds.filter((found) => found === kind).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || scoreOf(b) - scoreOf(a))
    .slice(0, most);
}

/** A row of examples of each kind of error that there is; null where there is none. */
export function errorExamplesPicture(
  viz: Pick<typeof poseViz, 'drawPolygon' | 'drawPose' | 'mosaic'>,
  analysis: KeypointErrorAnalysis,
  groundTruth: CocoGroundTruth,
  detections: readonly CocoKeypointResult[],
  skeleton: Skeleton,
): Image | null {
  const columns = 4;
  const images: Image[] = [];
  const captions: string[] = [];
  for (const kind of ['jitter', 'inversion', 'swap', 'miss'] as const) {
    const examples = errorExamples(kind, analysis, detections, columns);
    if (examples.length === 0) continue;
    for (const example of examples) {
      const { detection, oks, imageId } = example.analyzed;
      images.push(drawErrorExample(viz, example, groundTruth, detections[detection], skeleton));
      captions.push(`${example.count} x ${kind}, OKS ${oks.toFixed(2)}, image ${imageId}`);
    }
    while (images.length % columns > 0) {
      images.push(emptyPicture());
      captions.push('');
    }
  }
  return images.length === 0 ? null : viz.mosaic(images, { columns, captions });
}
