import { exifOrientation, type ExifOrientation } from './exif-orientation';

export interface JpegHeader {
  width: number;
  height: number;
  /** 1 grey, 3 colour, 4 CMYK or YCCK. */
  components: number;
  /** [width, height] in pixels of what the file is made of: 8x8 blocks, or more where chroma is coarser. */
  unit: [number, number];
  /** 8x8 blocks of all components; each takes at least one bit of the file. */
  blocks: number;
  orientation: ExifOrientation;
}

/**
 * Reads the markers of a JPEG file up to its first scan (ITU T.81, annex B), without regard to the scan's data.
 *
 * @returns undefined unless this is the sound beginning of an 8-bit Huffman-coded baseline, extended or progressive
 *   JPEG; what else it is, and whether anything can be made of it, is left to a decoder
 */
export function jpegHeader(bytes: Buffer): JpegHeader | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let frame: Omit<JpegHeader, 'orientation'> | undefined;
  let orientation: ExifOrientation = 1;

  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++; // fill bytes may precede a marker
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end < at + 4 || end > bytes.length) return undefined;
    const segment = bytes.subarray(at + 4, end);
    if (marker === SOS) return frame && { ...frame, orientation };
    if (marker === APP1 && segment.toString('latin1', 0, 6) === 'Exif\0\0') {
      orientation = exifOrientation(segment.subarray(6));
    } else if (isFrame(marker)) {
      if (frame || marker > SOF2) return undefined;
      frame = frameHeader(segment);
      if (!frame) return undefined;
    } else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) {
      return undefined; // a marker without a segment: none belongs here
    }
    at = end;
  }
  return undefined;
}

const SOF2 = 0xc2;
const SOS = 0xda;
const APP1 = 0xe1;

/** SOF0 ... SOF15, of whose numbers DHT, JPG and DAC take three. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameHeader(segment: Buffer): Omit<JpegHeader, 'orientation'> | undefined {
  if (segment.length < 6 || segment[0] !== 8) return undefined;
  const height = segment.readUInt16BE(1);
  const width = segment.readUInt16BE(3);
  const components = segment[5];
  if (width === 0 || height === 0 || segment.length !== 6 + 3 * components) return undefined;
  const sampling = Array.from({ length: components }, (_, i) => {
    const factors = segment[6 + 3 * i + 1];
    return [factors >> 4, factors & 15] as const;
  });
  const across = Math.max(...sampling.map(([horizontal]) => horizontal));
  const down = Math.max(...sampling.map(([, vertical]) => vertical));
  if (components === 0 || sampling.some((factors) => factors.includes(0))) return undefined;
  let blocks = 0;
  for (const [horizontal, vertical] of sampling) {
    const columns = Math.ceil(Math.ceil((width * horizontal) / across) / 8);
    blocks += columns * Math.ceil(Math.ceil((height * vertical) / down) / 8);
  }
  return { width, height, components, unit: [8 * across, 8 * down], blocks };
}
