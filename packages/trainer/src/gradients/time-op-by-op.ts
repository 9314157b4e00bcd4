import { explainOutOfMemory } from '@pose/tfjs-engine';
import { LossNotFiniteError } from '../trainer-error';

/** What a batch takes op by op, to be compared with a graph. */
export interface OpByOpTime {
  /** Infinity where it fails. */
  milliseconds: number;
  /** The end of a sentence: the time, or why it fails. */
  words: string;
}

/**
 * @param way      'op by op', or more of how a batch goes then
 * @param measure  gives milliseconds
 * @throws LossNotFiniteError as `measure`: a graph would have no other loss
 */
export async function timeOpByOp(way: string, measure: () => Promise<number>): Promise<OpByOpTime> {
  try {
    const milliseconds = await measure();
    return { milliseconds, words: `, ${Math.round(milliseconds)} ms ${way}.` };
  } catch (error) {
    if (error instanceof LossNotFiniteError) throw error;
    return { milliseconds: Infinity, words: `; ${way} fails: ${(explainOutOfMemory(error) as Error).message}` };
  }
}
