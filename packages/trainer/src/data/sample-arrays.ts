/** Arrays of samples, one sample behind the other, by name. */
type SampleArrays = object & Partial<Record<string, Float32Array | Float32Array[]>>;

function mapArrays<A extends object>(arrays: A, change: (array: Float32Array) => Float32Array): A {
  const changed = Object.entries(arrays as SampleArrays).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(change) : change(value as Float32Array),
  ]);
  return Object.fromEntries(changed) as A;
}

/** Views of the first `count` samples of arrays that have room for `capacity`. */
export function firstSamples<A extends object>(arrays: A, count: number, capacity: number): A {
  return mapArrays(arrays, (array) => array.subarray(0, (array.length / capacity) * count));
}

/** Views of one sample of arrays that have room for `capacity`. */
export function sampleAt<A extends object>(arrays: A, place: number, capacity: number): A {
  return mapArrays(arrays, (array) => {
    const length = array.length / capacity;
    return array.subarray(place * length, (place + 1) * length);
  });
}

/** The whole arrays that views such as those of `firstSamples` lie in. */
export function wholeArrays<A extends object>(views: A): A {
  return mapArrays(views, (view) => new Float32Array(view.buffer));
}

/** The memory behind the arrays, to be handed to another thread. */
export function buffersOf(arrays: object): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  mapArrays(arrays, (array) => {
    buffers.push(array.buffer as ArrayBuffer);
    return array;
  });
  return buffers;
}
