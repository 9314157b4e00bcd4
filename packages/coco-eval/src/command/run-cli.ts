import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import type { EvalParams, KeypointEvalParams } from '../evaluation/eval-params';
import { evaluateBoxes } from '../evaluation/evaluate-boxes';
import { evaluateKeypoints } from '../evaluation/evaluate-keypoints';
import type { EvaluationSummary } from '../evaluation/evaluation-summary';
import { summaryTable } from '../evaluation/summary-table';
import { CocoFileError, readJson } from '../files/read-json';
import { CocoEvalError } from '../input/coco-eval-error';
import type { CocoGroundTruth, CocoKeypointResult } from '../input/coco-types';
import { PlotsError } from './plots/plots-error';
import { writePlots, type PlotsInput } from './plots/write-plots';

const HELP = `Usage: coco-eval <gt.json> <dt.json> [options]

COCO AP and AR of keypoints or boxes, equal to pycocotools.

  gt.json           COCO annotations: images, annotations, categories
  dt.json           COCO results: a list of {image_id, category_id, score} with keypoints or bbox

Options:
  --type <type>     what is evaluated: keypoints or bbox (default: keypoints)
  --sigmas a,b,...  standard deviation of each keypoint (default: COCO's 17)
  --json            print one object: AP, AP50, AP75, ... in the place of the table
  --plots <folder>  write precision-recall curves and, of keypoints, an error analysis
                    as PNG pictures; needs @pose/pose-viz
  --help            print this
  --version         print the version

Exit status: 0 done, 1 an input is not as it must be, 2 wrong usage.
`;

/** Where the command line writes to; `process` is one. */
export interface CliOutput {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Wrong usage; the text is for the user as it stands. */
class UsageError extends Error {}

/**
 * The command `coco-eval`.
 *
 * @param args   arguments after the command's name
 * @param output where to write
 * @returns exit status: 0 done, 1 an input is not as it must be, 2 wrong usage; with one line on stderr unless 0
 */
export async function runCli(args: readonly string[], output: CliOutput): Promise<number> {
  try {
    await answer(args, output);
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    if (!isUsage && !(error instanceof CocoFileError || error instanceof PlotsError)) throw error;
    output.stderr.write(`coco-eval: ${error.message.replace(/\s*\n\s*/g, ' ')}\n`);
    return isUsage ? 2 : 1;
  }
}

async function answer(args: readonly string[], { stdout, stderr }: CliOutput): Promise<void> {
  const { values, positionals } = readArguments(args);
  if (values.help) return void stdout.write(HELP);
  if (values.version) return void stdout.write(`${version}\n`);
  if (positionals.length !== 2) {
    throw new UsageError(`expected two files, <gt.json> <dt.json>, found ${positionals.length} (see --help)`);
  }
  const type = readType(values.type);
  const sigmas = values.sigmas === undefined ? undefined : readSigmas(values.sigmas);
  if (type === 'bbox' && sigmas !== undefined) throw new UsageError('--sigmas: boxes have none (see --help)');
  const [groundTruthFile, detectionsFile] = positionals;
  // Their content is checked by the evaluation itself.
  const groundTruth = readJson(groundTruthFile) as CocoGroundTruth;
  const detections = readJson(detectionsFile) as CocoKeypointResult[];
  try {
    const { evaluation, plots } = evaluate(type, groundTruth, detections, sigmas);
    stdout.write(values.json ? `${JSON.stringify(evaluation.stats)}\n` : `${summaryTable(evaluation)}\n`);
    if (values.plots === undefined) return;
    for (const file of await writePlots(values.plots, plots)) stderr.write(`${file}\n`);
  } catch (error) {
    if (!(error instanceof CocoEvalError)) throw error;
    if (error.source === 'params') throw new UsageError(`--sigmas: ${error.message}`);
    const file = error.source === 'groundTruth' ? groundTruthFile : detectionsFile;
    throw new CocoFileError(`${file}: ${error.message}`, { cause: error });
  }
}

interface Evaluated {
  readonly evaluation: EvaluationSummary<EvalParams, string>;
  readonly plots: PlotsInput;
}

function evaluate(
  type: 'keypoints' | 'bbox',
  groundTruth: CocoGroundTruth,
  detections: CocoKeypointResult[],
  sigmas: readonly number[] | undefined,
): Evaluated {
  if (type === 'bbox') {
    const evaluation = evaluateBoxes(groundTruth, detections);
    return { evaluation, plots: { evaluation } };
  }
  const params: Partial<KeypointEvalParams> = sigmas === undefined ? {} : { sigmas };
  const evaluation = evaluateKeypoints(groundTruth, detections, params);
  return { evaluation, plots: { evaluation, keypoints: { groundTruth, detections, options: params } } };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        type: { type: 'string' },
        sigmas: { type: 'string' },
        json: { type: 'boolean' },
        plots: { type: 'string' },
        help: { type: 'boolean' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} (see --help)`);
  }
}

function readType(type = 'keypoints'): 'keypoints' | 'bbox' {
  if (type === 'keypoints' || type === 'bbox') return type;
  throw new UsageError(`--type: expected keypoints or bbox, found ${JSON.stringify(type)}`);
}

function readSigmas(list: string): number[] {
  return list.split(',').map((text, k) => {
    const sigma = Number(text);
    if (text.trim() !== '' && Number.isFinite(sigma) && sigma > 0) return sigma;
    throw new UsageError(`--sigmas: expected a number above 0 in place ${k + 1}, found ${JSON.stringify(text)}`);
  });
}
