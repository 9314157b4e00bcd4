import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { CompileError, messageOf } from '../compile-error';
import { SAVED_MODEL_TAG, savedModelMessage } from './message/saved-model-message';
import type { NativeBackend, NativeTensor } from './native-backend';

/** A TensorFlow graph that tfjs-node has loaded. */
export class NativeSession {
  readonly #backend: NativeBackend;
  #id: number | undefined;

  /** @throws CompileError when the temporary folder cannot be written or TensorFlow refuses the graph */
  constructor(backend: NativeBackend, nodes: readonly Uint8Array[]) {
    this.#backend = backend;
    let folder: string | undefined;
    try {
      folder = mkdtempSync(join(tmpdir(), 'tfjs-compile-'));
      writeFileSync(join(folder, 'saved_model.pb'), savedModelMessage(nodes));
      this.#id = backend.binding.loadSavedModel(folder, SAVED_MODEL_TAG);
    } catch (cause) {
      throw new CompileError(`TensorFlow did not load the graph, by way of ${tmpdir()}: ${messageOf(cause)}`, {
        cause,
      });
    } finally {
      if (folder) rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * @param feeds    by placeholder
   * @param fetches  outputs of nodes, `node:0`
   * @throws CompileError when TensorFlow fails, or after `close`
   */
  run(feeds: ReadonlyMap<string, TensorInfo>, fetches: readonly string[]): NativeTensor[] {
    if (this.#id === undefined) throw new CompileError('The graph was disposed of: compile the function once more.');
    const ids = this.#backend.getInputTensorIds([...feeds.values()]);
    const names = [...feeds.keys()].map((name) => `${name}:0`).join(',');
    try {
      return this.#backend.binding.runSavedModel(this.#id, ids, names, fetches.join(','));
    } catch (cause) {
      const [reason] = messageOf(cause).split('\n'); // the rest is about nodes and options of TensorFlow's own
      throw new CompileError(`TensorFlow failed to run the graph: ${reason}`, { cause });
    }
  }

  close(): void {
    if (this.#id !== undefined) this.#backend.binding.deleteSavedModel(this.#id);
    this.#id = undefined;
  }
}
