const { imul } = Math;

/** The table of the bitwise division by the Castagnoli polynomial, reflected: 0x82f63b78 (RFC 3720, section 12.1). */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ imul(crc & 1, 0x82f63b78);
  return crc >>> 0;
});

/**
 * CRC-32C (Castagnoli), the checksum of TFRecord files. Node's zlib has only the CRC-32 of ZIP, and the libraries on npm
 * that have this one are native addons.
 *
 * @returns an unsigned 32-bit integer
 */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
