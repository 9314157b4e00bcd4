/** `[width, height]` in pixels. */
export type Size = readonly [number, number];
