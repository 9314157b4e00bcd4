export interface ZipFileOptions {
  /** Sizes and offsets in zip64's fields, as for files beyond 4 GB. */
  zip64?: boolean;
  /** Of every record, as the headers claim; 0 is uncompressed. */
  method?: number;
  flags?: number;
  comment?: string;
}

/** A zip archive of uncompressed records, written the plain way. */
export function zipFile(records: readonly (readonly [string, Uint8Array])[], options: ZipFileOptions = {}): Uint8Array {
  const { zip64 = false, method = 0, flags = 0, comment = '' } = options;
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const length = (list: Uint8Array[]) => list.reduce((sum, part) => sum + part.length, 0);
  for (const [name, data] of records) {
    const text = new TextEncoder().encode(name);
    const offset = length(parts);
    const sizes = zip64 ? [0xffffffff, 0xffffffff] : [data.length, data.length];
    parts.push(
      fields([4, 0x04034b50], [2, 45], [2, flags], [2, method], [8, 0], ...sizes.map((size) => [4, size] as const)),
    );
    parts.push(fields([2, text.length], [2, 4]), text, fields([2, 0x4246], [2, 0]), data);
    // A field of another kind stands before the one of zip64.
    const wide = [
      [2, 1],
      [2, 24],
      [8, data.length],
      [8, data.length],
      [8, offset],
    ] as const;
    const extra = zip64 ? fields([2, 7], [2, 1], [1, 9], ...wide) : new Uint8Array(0);
    directory.push(
      fields(
        [4, 0x02014b50],
        [2, 45],
        [2, 45],
        [2, flags],
        [2, method],
        [8, 0],
        ...sizes.map((size) => [4, size] as const),
      ),
      fields([2, text.length], [2, extra.length], [2, 0], [8, 0], [4, zip64 ? 0xffffffff : offset]),
      text,
      extra,
    );
  }
  const [start, size, count] = [length(parts), length(directory), records.length];
  const end64 = zip64
    ? [
        fields(
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, count],
          [8, count],
          [8, size],
          [8, start],
        ),
        fields([4, 0x07064b50], [4, 0], [8, start + size], [4, 1]),
      ]
    : [];
  const [shownCount, shownSize, shownStart] = zip64 ? [0xffff, 0xffffffff, 0xffffffff] : [count, size, start];
  const text = new TextEncoder().encode(comment);
  const end = fields(
    [4, 0x06054b50],
    [4, 0],
    [2, shownCount],
    [2, shownCount],
    [4, shownSize],
    [4, shownStart],
    [2, text.length],
  );
  return joined([...parts, ...directory, ...end64, end, text]);
}

/** Little-endian integers of the given widths in bytes. */
function fields(...values: (readonly [width: number, value: number])[]): Uint8Array {
  return Uint8Array.from(
    values.flatMap(([width, value]) => Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) % 256)),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
