import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateAnnotations, TRAIN2017 } from './generate-annotations';
import { median } from './median';
import { runNode } from './node-script';
import { runPython, type NoPython } from './python';
import { table } from './shared';

/** Medians of several runs; the most memory that the process held, in 2^20 bytes. */
interface Opening {
  seconds: number;
  peakMegabytes: number;
}

export interface AnnotationResult {
  megabytes: number;
  people: number;
  runs: number;
  pycocotools: Opening | NoPython;
  /** There is no index yet; it is written. */
  first: Opening;
  /** The same until all images and annotations are objects. */
  firstWithObjects: Opening;
  second: Opening;
  secondWithObjects: Opening;
}

const RUNS = 5;

/**
 * Opens a generated annotation file of the size of person_keypoints_train2017.json: with pycocotools, for the first time,
 * and for the second; each in a process of its own, in turns. The file is in the cache of the operating system.
 */
export async function measureAnnotations(): Promise<AnnotationResult> {
  const folder = await mkdtemp(join(tmpdir(), 'pose-bench-'));
  const file = join(folder, 'annotations.json');
  try {
    await generateAnnotations(file, TRAIN2017, 1);
    const python: (Opening | NoPython)[] = [];
    const firsts: NodeOpening[] = [];
    const seconds: NodeOpening[] = [];
    for (let run = 0; run < RUNS; run++) {
      python.push(await runPython<Opening>('annotations.py', [file]));
      await rm(`${file}.index`, { force: true });
      firsts.push(await openInNode(file, 'json'));
      seconds.push(await openInNode(file, 'index'));
    }
    return {
      megabytes: (await stat(file)).size / 1e6,
      people: TRAIN2017.people,
      runs: RUNS,
      pycocotools: python.every(isOpening) ? medianOpening(python) : python.filter((one) => !isOpening(one))[0],
      first: medianOpening(firsts),
      firstWithObjects: medianOpening(firsts.map(withObjects)),
      second: medianOpening(seconds),
      secondWithObjects: medianOpening(seconds.map(withObjects)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function annotationsTable(result: AnnotationResult): string {
  const { pycocotools, first, firstWithObjects, second, secondWithObjects } = result;
  const reference = isOpening(pycocotools) ? pycocotools.seconds : undefined;
  const row = (what: string, { seconds, peakMegabytes }: Opening): string[] => [
    what,
    seconds.toFixed(3),
    reference === undefined ? '-' : `${(reference / seconds).toFixed(1)}x`,
    peakMegabytes.toFixed(0),
  ];
  const rows = [
    row('first opening, index written', first),
    row('the same, all objects made', firstWithObjects),
    row('second opening', second),
    row('the same, all objects made', secondWithObjects),
  ];
  if (isOpening(pycocotools)) rows.unshift(row('pycocotools', pycocotools));
  const lines = table(['', 's', 'pycocotools / this', 'peak MB'], rows);
  return isOpening(pycocotools) ? lines : `${lines}\nwithout pycocotools: ${pycocotools.reason}`;
}

interface NodeOpening extends Opening {
  openedFrom: 'json' | 'index';
  people: number;
  secondsWithObjects: number;
  peakMegabytesWithObjects: number;
}

async function openInNode(file: string, from: NodeOpening['openedFrom']): Promise<NodeOpening> {
  const opening = await runNode<NodeOpening>('open-annotations.mjs', [file]);
  if (opening.openedFrom !== from || opening.people !== TRAIN2017.people) {
    throw new Error(`expected ${TRAIN2017.people} people from the ${from}, found ${JSON.stringify(opening)}`);
  }
  return opening;
}

function withObjects({ secondsWithObjects, peakMegabytesWithObjects }: NodeOpening): Opening {
  return { seconds: secondsWithObjects, peakMegabytes: peakMegabytesWithObjects };
}

function isOpening(result: Opening | NoPython): result is Opening {
  return 'seconds' in result;
}

function medianOpening(openings: readonly Opening[]): Opening {
  return {
    seconds: median(openings.map(({ seconds }) => seconds)),
    peakMegabytes: median(openings.map(({ peakMegabytes }) => peakMegabytes)),
  };
}
