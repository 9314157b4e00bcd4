import { ModelError } from '../model-error';
import type { Checkpoint } from './checkpoint';
import { foreignFile } from './foreign-file';
import { isLegacyCheckpoint, readLegacyCheckpoint } from './legacy-checkpoint';
import { isSafetensors, readSafetensors } from './read-safetensors';
import { readZipCheckpoint } from './zip-checkpoint';

/**
 * The weights in a file of torch.save, either format, or of safetensors; which one, its content says. The state_dict may
 * be the saved object, or be in it under a usual key (`state_dict`, `model`, …), as training scripts save it.
 *
 * Nothing that the file asks for is run: of Python's pickles, only data is made, and every class or function but those
 * of PyTorch's tensors is refused. Values stay in `bytes` until they are read.
 *
 * @throws ModelError saying what was expected, what is there instead, and where, when the file is another one, is
 *   damaged, or holds tensors that are not dense
 */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  if (!ArrayBuffer.isView(bytes)) {
    throw new ModelError(`Expected a file's bytes as Uint8Array, found ${bytes === null ? 'null' : typeof bytes}`);
  }
  // A plain one: slice() of Node's Buffer, a subclass, does not copy.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isZip(file)) return readZipCheckpoint(file);
  if (isSafetensors(file)) return readSafetensors(file);
  if (isLegacyCheckpoint(file)) return readLegacyCheckpoint(file);
  throw new ModelError(`Expected PyTorch's weights (torch.save or safetensors), found ${foreignFile(file)}`);
}

/** Whether the bytes begin with the header of a record. */
function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}
