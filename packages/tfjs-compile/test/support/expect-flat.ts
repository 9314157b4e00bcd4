import * as tf from '@tensorflow/tfjs-core';
import { trace, type Executable, type Graph } from '../../src';

const RUNS = 2000;

/**
 * Runs a small graph, which assigns a variable and gives an output, and expects tensors, bytes, handles and the process'
 * memory to be what they were after a warm-up.
 *
 * @param more  other counts that must not change
 */
export async function expectFlat(
  open: (graph: Graph) => Promise<Executable>,
  more: () => Record<string, number> = () => ({}),
): Promise<void> {
  const [sides, bytes] = [[128, 128] as [number, number], 4 * 128 * 128];
  const variable = tf.variable(tf.zeros(sides));
  const x = tf.ones(sides);
  const step = ({ x: given }: tf.NamedTensorMap) => {
    variable.assign(tf.add(variable, given));
    return { y: tf.mul(variable, 2) };
  };
  const executable = await open(trace(step, { x }));
  const run = async (times: number) => {
    for (let i = 0; i < times; i++) tf.dispose(await executable.run({ x }));
  };
  const counts = () => {
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    return { numTensors, numDataBuffers, numBytes, handles: process.getActiveResourcesInfo().length, ...more() };
  };
  const warmUp = 200;
  await run(warmUp);
  const [before, resident] = [counts(), process.memoryUsage.rss()];
  await run(RUNS);
  expect(counts()).toEqual(before);
  // One tensor kept in each third run would be more.
  expect(process.memoryUsage.rss() - resident).toBeLessThan((RUNS / 3) * bytes);
  expect(variable.dataSync()[0]).toBe(warmUp + RUNS);
  await executable.dispose();
  tf.dispose([variable, x]);
}
