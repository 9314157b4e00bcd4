import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { CocoEvalError } from '../input/coco-eval-error';
import type { CocoGroundTruth, CocoKeypointResult } from '../input/coco-types';
import { evaluateKeypoints } from '../evaluation/evaluate-keypoints';
import { findJsonSyntaxError } from '../files/json-syntax-error';
import type { KeypointEvalParams } from '../evaluation/eval-params';
import { summaryTable } from '../evaluation/summary-table';

const HELP = `Usage: coco-eval <gt.json> <dt.json> [options]

COCO keypoint AP and AR, equal to pycocotools.

  gt.json           COCO annotations: images, annotations, categories
  dt.json           COCO results: a list of {image_id, category_id, keypoints, score}

Options:
  --json            print one object: AP, AP50, AP75, APM, APL, AR, AR50, AR75, ARM, ARL
  --sigmas a,b,...  standard deviation of each keypoint (default: COCO's 17)
  --help            print this
  --version         print the version

Exit status: 0 done, 1 an input is not as it must be, 2 wrong usage.
`;

/** Where the command line writes to; `process` is one. */
export interface CliOutput {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** An error whose text is for the user as it stands. */
class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2,
  ) {
    super(message);
  }
}

/**
 * The command `coco-eval`.
 *
 * @param args   arguments after the command's name
 * @param output where to write
 * @returns exit status: 0 done, 1 an input is not as it must be, 2 wrong usage; with one line on stderr unless 0
 */
export function runCli(args: readonly string[], output: CliOutput): number {
  try {
    output.stdout.write(answer(args));
    return 0;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    output.stderr.write(`coco-eval: ${error.message.replace(/\s*\n\s*/g, ' ')}\n`);
    return error.exitCode;
  }
}

function answer(args: readonly string[]): string {
  const { values, positionals } = readArguments(args);
  if (values.help) return HELP;
  if (values.version) return `${version}\n`;
  if (positionals.length !== 2) {
    throw new CliError(`expected two files, <gt.json> <dt.json>, found ${positionals.length} (see --help)`, 2);
  }
  const [groundTruthFile, detectionsFile] = positionals;
  const params: Partial<KeypointEvalParams> = values.sigmas === undefined ? {} : { sigmas: readSigmas(values.sigmas) };
  // Their content is checked by the evaluation itself.
  const groundTruth = readJson(groundTruthFile) as CocoGroundTruth;
  const detections = readJson(detectionsFile) as CocoKeypointResult[];
  try {
    const evaluation = evaluateKeypoints(groundTruth, detections, params);
    return values.json ? `${JSON.stringify(evaluation.stats)}\n` : `${summaryTable(evaluation)}\n`;
  } catch (error) {
    if (!(error instanceof CocoEvalError)) throw error;
    const where = { groundTruth: groundTruthFile, detections: detectionsFile, params: '--sigmas', heatmaps: '' };
    throw new CliError(`${where[error.source]}: ${error.message}`, error.source === 'params' ? 2 : 1);
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        sigmas: { type: 'string' },
        help: { type: 'boolean' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new CliError(`${(error as Error).message} (see --help)`, 2);
  }
}

function readSigmas(list: string): number[] {
  return list.split(',').map((text, k) => {
    const sigma = Number(text);
    if (text.trim() !== '' && Number.isFinite(sigma) && sigma > 0) return sigma;
    throw new CliError(`--sigmas: expected a number above 0 in place ${k + 1}, found ${JSON.stringify(text)}`, 2);
  });
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file}: cannot be read: ${(error as Error).message}`, 1);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = findJsonSyntaxError(text);
    const reason =
      place === null
        ? (error as Error).message
        : `expected ${place.expected}, found ${place.found} at position ${place.position} (line ${place.line}, column ${place.column})`;
    throw new CliError(`${file}: not JSON: ${reason}`, 1);
  }
}
