export type Padding =
  'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]];
const LOPSIDED: Padding = [[0, 0], [0, 1], [2, 1], [0, 0]]; // prettier-ignore
export const PADDINGS: Padding[] = ['same', 'valid', 1, LOPSIDED];
