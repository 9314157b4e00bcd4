import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Histogram } from './histogram-buckets';

// The messages of tensorboard/compat/proto/{event,summary,histogram}.proto in protobuf's wire format, field by field.
const { Varint, Bit64, Bit32, LengthDelimited } = WireType;

/** SessionLog.SessionStatus.START. */
const START = 1;

/** Summary.Image.colorspace of RGB. */
const RGB = 3;

/** The event that every file begins with. */
export function fileVersionEvent(wallTime: number): Uint8Array {
  return event(wallTime, 0).tag(3, LengthDelimited).string('brain.Event:2').finish();
}

/** A process begins: of what earlier ones wrote, TensorBoard drops the events from `step` on. */
export function sessionStartEvent(wallTime: number, step: number): Uint8Array {
  return event(wallTime, step).tag(7, LengthDelimited).fork().tag(1, Varint).int32(START).join().finish();
}

/**
 * Values at a step.
 *
 * @param wallTime  seconds since 1970
 * @param values    from `scalarValue`, `imageValue` or `histogramValue`
 */
export function summaryEvent(wallTime: number, step: number, values: readonly Uint8Array[]): Uint8Array {
  const writer = event(wallTime, step).tag(5, LengthDelimited).fork();
  for (const value of values) writer.tag(1, LengthDelimited).bytes(value);
  return writer.join().finish();
}

export function scalarValue(tag: string, value: number): Uint8Array {
  // What float32 cannot hold becomes infinite; the library would throw.
  return tagged(tag).tag(2, Bit32).float(Math.fround(value)).finish();
}

/** @param png  an RGB picture of `width` x `height` pixels as a PNG file */
export function imageValue(tag: string, png: Uint8Array, width: number, height: number): Uint8Array {
  const writer = tagged(tag).tag(4, LengthDelimited).fork();
  writer.tag(1, Varint).int32(height).tag(2, Varint).int32(width).tag(3, Varint).int32(RGB);
  return writer.tag(4, LengthDelimited).bytes(png).join().finish();
}

export function histogramValue(tag: string, histogram: Histogram): Uint8Array {
  const { min, max, count, sum, sumOfSquares, limits, counts } = histogram;
  const writer = tagged(tag).tag(5, LengthDelimited).fork();
  [min, max, count, sum, sumOfSquares].forEach((value, i) => writer.tag(i + 1, Bit64).double(value));
  for (const [field, values] of [
    [6, limits],
    [7, counts],
  ] as const) {
    writer.tag(field, LengthDelimited).fork();
    for (const value of values) writer.double(value);
    writer.join();
  }
  return writer.join().finish();
}

function event(wallTime: number, step: number): BinaryWriter {
  return new BinaryWriter().tag(1, Bit64).double(wallTime).tag(2, Varint).int64(step);
}

function tagged(tag: string): BinaryWriter {
  return new BinaryWriter().tag(1, LengthDelimited).string(tag);
}
