import { TrainerError } from '../trainer-error';

/** The bytes of an array as base64, in the machine's order, which is little-endian wherever Node.js runs today. */
export function packArray({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/**
 * Copies what `packArray` made into an array.
 *
 * @param name what the array is, for the error
 * @throws TrainerError when `packed` is not a string, or holds another number of bytes than the array
 */
export function unpackArray(packed: unknown, into: ArrayBufferView, name: string): void {
  const bytes = typeof packed === 'string' ? Buffer.from(packed, 'base64') : undefined;
  if (bytes?.length !== into.byteLength) {
    const found = bytes ? `${bytes.length} bytes` : typeof packed;
    throw new TrainerError(
      `${name}: expected ${into.byteLength} bytes as base64, found ${found}. The state is damaged; start from another checkpoint.`,
    );
  }
  new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(bytes);
}
