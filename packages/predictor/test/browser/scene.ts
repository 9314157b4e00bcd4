import { colouredDiscs } from '../pictures';

export const NAMES = ['head', 'left_hand', 'right_hand'];
const image = colouredDiscs([300, 160], [[[70, 40], [50, 90], [92, 97]], [[220, 52], [203, 118], [243, 104]]]); // prettier-ignore
export const BOXES = [[35, 20, 75, 100] as const, [185, 30, 75, 110] as const];

/** RGBA, as a canvas has it. */
export const CANVAS = {
  data: Uint8ClampedArray.from({ length: 4 * 300 * 160 }, (_, i) => (i % 4 === 3 ? 255 : image.data[3 * (i >> 2) + (i % 4)])), // prettier-ignore
  width: 300,
  height: 160,
};
