/** `[width, height]` in pixels. */
export type Size = readonly [number, number];

/** Order of the axes: `[height, width, channels]` or `[channels, height, width]`. */
export type HeatmapLayout = 'hwk' | 'khw';

/** How far neighbours lie apart in an array of maps. */
export interface Steps {
  x: number;
  y: number;
  channel: number;
}

export function stepsOf(layout: HeatmapLayout, [width, height]: Size, channels: number): Steps {
  return layout === 'hwk'
    ? { x: channels, y: channels * width, channel: 1 }
    : { x: 1, y: width, channel: width * height };
}
