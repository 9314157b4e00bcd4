import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { NodeBackend } from '../node-backend';
import { SAVED_MODEL_TAG, savedModelText, type GraphNode, type Placeholders } from './graph-text';

/** Runs a graph up to one of its nodes. */
export type RunGraph = (feeds: Record<string, TensorInfo>, node: string) => Tensor;

/**
 * Hands a graph to TensorFlow, whose optimiser makes fused ops of it that tfjs-node cannot call by name: they take
 * lists of strings as attributes. A graph serves all shapes and lives as long as the process.
 *
 * @throws Error when the temporary folder cannot be written or TensorFlow refuses the graph
 */
export function loadGraph(backend: NodeBackend, placeholders: Placeholders, nodes: readonly GraphNode[]): RunGraph {
  const { binding } = backend;
  const folder = mkdtempSync(join(tmpdir(), 'pose-engine-'));
  let id: number;
  try {
    writeFileSync(join(folder, 'saved_model.pbtxt'), savedModelText(placeholders, nodes));
    id = binding.loadSavedModel(folder, SAVED_MODEL_TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return (feeds, node) => {
    const names = Object.keys(feeds).map((name) => `${name}:0`);
    const [output] = binding.runSavedModel(
      ...([id, backend.getInputTensorIds(Object.values(feeds)), names.join(','), `${node}:0`] as const),
    );
    return backend.createOutputTensor(output);
  };
}
