// jest looks globals up in a sandbox, which is slow enough to matter for tens of millions of values.
const { imul } = Math;

/** The pseudo-random numbers of the reference files: u in [0, 1) for i = 0, 1, 2, ... of a name. */
export function uniform(name: string): (i: number) => number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) hash = imul(hash ^ byte, 0x01000193);
  return (i) => {
    let x = (hash + imul(i + 1, 0x9e3779b1)) | 0;
    x = imul(x ^ (x >>> 16), 0x85ebca6b);
    x = imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  };
}
