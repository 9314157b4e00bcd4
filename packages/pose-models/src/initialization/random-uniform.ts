/**
 * An endless stream of uniform numbers in [0, 1), determined by a name and a seed.
 *
 * Plain JavaScript, so that a seed means the same weights on every TensorFlow.js backend: sfc32 (Chris Doty-Humphrey,
 * PractRand), whose 128 bits of state keep the streams of different names apart.
 *
 * @param name  whose stream this is, say a weight's; hashed with 32-bit FNV-1a
 * @param seed  any number whose integer part fits in 53 bits
 */
export function randomUniform(name: string, seed: number): () => number {
  let a = fnv1a(name);
  let b = seed >>> 0;
  let c = Math.floor(seed / 2 ** 32) >>> 0;
  let counter = 1;

  const uniform = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) uniform();
  return uniform;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
