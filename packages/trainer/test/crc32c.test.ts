import { crc32c } from '../src/telemetry/crc32c';

test('crc32c() gives the published checksums (RFC 3720, B.4, and the check value of CRC-32C)', () => {
  const counting = Uint8Array.from({ length: 32 }, (_, i) => i);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(counting)).toBe(0x46dd794e);
  expect(crc32c(counting.reverse())).toBe(0x113fdb5c);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array())).toBe(0);
});
