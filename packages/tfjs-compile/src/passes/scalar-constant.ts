import { sizeOf, type Graph, type Value } from '../graph/graph';

/** The number that a constant holds in its only, or in all of its elements; of any other value undefined. */
export function scalarConstant({ constants }: Graph, value: Value | undefined): number | undefined {
  const data = value && constants.get(value);
  if (!data || sizeOf(value) === 0) return undefined;
  return data.every((one: number) => one === data[0]) ? data[0] : undefined;
}
