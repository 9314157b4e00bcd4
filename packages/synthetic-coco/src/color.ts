import type { Color } from './scene';

/** Hue in degrees, saturation and lightness in 0..1. */
export function hsl(hue: number, saturation: number, lightness: number): Color {
  const channel = (n: number) => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return rgb(channel(0) * 255, channel(8) * 255, channel(4) * 255);
}

/** Lighter for amount > 0 (towards white), darker below 0 (towards black); -1..1. */
export function shade(color: Color, amount: number): Color {
  return mixColors(color, amount > 0 ? '#ffffff' : '#000000', Math.abs(amount));
}

export function mixColors(a: Color, b: Color, share: number): Color {
  const at = (color: Color, i: number) => parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
  const blend = (i: number) => at(a, i) * (1 - share) + at(b, i) * share;
  return rgb(blend(0), blend(1), blend(2));
}

function rgb(...channels: number[]): Color {
  const hex = (value: number) =>
    Math.max(0, Math.min(255, Math.round(value)))
      .toString(16)
      .padStart(2, '0');
  return `#${channels.map(hex).join('')}`;
}
