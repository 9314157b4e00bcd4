import { crc32c } from './crc32c';

/** Added to the turned checksum (TensorFlow's tsl/lib/hash/crc32c.h, kMaskDelta). */
const MASK_DELTA = 0xa282ead8;

/**
 * A record as it stands in a TFRecord file (TensorFlow's tsl/lib/io/record_writer.h), all numbers little-endian: length
 * as uint64, masked CRC-32C of these eight bytes, the data, masked CRC-32C of the data.
 */
export function tfRecord(data: Uint8Array): Buffer {
  const record = Buffer.alloc(data.length + 16);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(masked(crc32c(record.subarray(0, 8))), 8);
  record.set(data, 12);
  record.writeUInt32LE(masked(crc32c(data)), 12 + data.length);
  return record;
}

/** Turned right by 15 bits and shifted by a constant, as the checksum of data that hold checksums would be weak. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
