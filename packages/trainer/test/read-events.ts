import { readFileSync } from 'node:fs';

/** A protobuf message by field number: varints, doubles and floats as numbers, the rest as bytes. */
export type Message = Record<number, (number | Buffer)[]>;

/** The events of a TFRecord file, its lengths and checksums verified; written after the formats' specifications only. */
export function readEvents(file: string): Message[] {
  const bytes = readFileSync(file);
  const events: Message[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 8)).toBe(masked(bytes.subarray(at, at + 8)));
    expect(data).toHaveLength(length);
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(masked(data));
    events.push(message(data));
    at += length + 16;
  }
  return events;
}

/** The summary values of an event, by tag. */
export function valuesOf(event: Message): Record<string, Message> {
  const [summary] = event[5] ?? [Buffer.alloc(0)];
  const values = (message(summary as Buffer)[1] ?? []).map((value) => message(value as Buffer));
  return Object.fromEntries(values.map((value) => [String(value[1][0]), value]));
}

export function message(bytes: Buffer): Message {
  const fields: Message = {};
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const read: Record<number, () => number | Buffer> = {
      0: varint,
      1: () => bytes.readDoubleLE((at += 8) - 8),
      2: () => {
        const length = varint();
        return bytes.subarray(at, (at += length));
      },
      5: () => bytes.readFloatLE((at += 4) - 4),
    };
    (fields[tag >> 3] ??= []).push(read[tag & 7]());
  }
  return fields;
}

export function doubles(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
}

/** The masked CRC-32C bit by bit, by the polynomial as it is written, highest power first: 0x1edc6f41. */
function masked(bytes: Buffer): number {
  let crc = 0xffffffffn;
  const reversed = (value: bigint, bits: number) =>
    BigInt(`0b${value.toString(2).padStart(bits, '0').split('').reverse().join('')}`);
  for (const byte of bytes) {
    crc ^= reversed(BigInt(byte), 8) << 24n;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1n) ^ (crc >> 31n ? 0x11edc6f41n : 0n)) & 0xffffffffn;
  }
  const value = reversed(crc ^ 0xffffffffn, 32);
  return Number((((value >> 15n) | (value << 17n)) + 0xa282ead8n) & 0xffffffffn);
}
