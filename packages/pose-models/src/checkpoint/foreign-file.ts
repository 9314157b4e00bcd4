/** What a file is that holds no PyTorch weights, as far as its bytes tell, with what helps. */
export function foreignFile(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  for (const { at = 0, starts, what } of SIGNATURES) {
    if (starts.every((byte, i) => bytes[at + i] === byte)) return what;
  }
  const text = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  for (const { pattern, what } of TEXTS) if (pattern.test(text)) return what;
  const first = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return `a file of ${bytes.length} bytes that begins with ${first.join(' ')}`;
}

const SIGNATURES: readonly { at?: number; starts: readonly number[]; what: string }[] = [
  { starts: ascii('PK\x05\x06'), what: 'an empty zip archive' },
  {
    at: 257,
    starts: ascii('ustar'),
    what: 'a tar archive, as the first versions of PyTorch wrote; load and save it again in Python',
  },
  { starts: ascii('\x89HDF\r\n\x1a\n'), what: 'an HDF5 file, as Keras writes' },
  { starts: ascii('\x93NUMPY'), what: 'an array of numpy' },
  { at: 4, starts: ascii('TFL3'), what: 'a TensorFlow Lite model' },
  { starts: [0x1f, 0x8b], what: 'a gzip file; unpack it first' },
  { starts: [0x80], what: "a pickle of Python's that torch.save did not write, or one that is cut off" },
  // Protocol buffers: field 1, the version of the representation, then field 2, the name of the producer.
  ...Array.from({ length: 16 }, (_, version) => ({ starts: [0x08, version, 0x12], what: 'an ONNX model' })),
];

const TEXTS: readonly { pattern: RegExp; what: string }[] = [
  {
    pattern: /^version https:\/\/git-lfs/,
    what: 'a pointer of Git LFS in place of the file; fetch that with git lfs pull',
  },
  {
    pattern: /^<(!doctype|html|head|\?xml|!--)/i,
    what: 'a web page; the download led to a page instead of the file',
  },
  { pattern: /^[{[]/, what: 'JSON' },
];

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
