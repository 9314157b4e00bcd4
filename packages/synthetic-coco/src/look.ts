import { hsl, shade } from './color';
import { DISTRIBUTION } from './distribution';
import type { Random } from './random';
import type { Color } from './scene';

export type Hair = keyof typeof DISTRIBUTION.look.hair;
export type Bottoms = keyof typeof DISTRIBUTION.look.bottoms;

/** Skin, hair and clothes. */
export interface Look {
  skin: Color;
  hair: Hair;
  hairColor: Color;
  eyeColor: Color;
  beard: boolean;
  glasses: boolean;
  top: Color;
  stripes?: { color: Color; count: number };
  /** Where the sleeves end, 0 the shoulder, 1 the elbow, 2 the wrist. */
  sleeves: number;
  bottoms: Bottoms;
  bottomColor: Color;
  /** Where the legs of trousers or shorts end, 0 the hip, 1 the knee, 2 the ankle; a skirt's hem likewise. */
  hem: number;
  shoes: Color;
  belt: boolean;
}

const SKINS: readonly Color[] = [
  '#f6d6c0',
  '#eebfa0',
  '#dca27d',
  '#c68863',
  '#a76b48',
  '#85502f',
  '#633a22',
  '#472919',
];
const HAIRS: readonly Color[] = [
  '#1b1614',
  '#2e211b',
  '#4b3021',
  '#6e4626',
  '#a87b45',
  '#d1ae74',
  '#8f3f24',
  '#9b9a98',
];

export function sampleLook(random: Random): Look {
  const settings = DISTRIBUTION.look;
  const top = clothColor(random);
  const bottoms = random.weighted(settings.bottoms);
  const hems = { trousers: [1.75, 1.95], shorts: [0.45, 0.95], skirt: [0.5, 0.9] } as const;
  const long = random.chance(settings.longSleeves);
  const skin = shade(random.pick(SKINS), random.uniform(-0.08, 0.08));
  const hair = random.weighted(settings.hair);
  return {
    skin,
    hair,
    hairColor: hair === 'cap' ? clothColor(random) : shade(random.pick(HAIRS), random.uniform(-0.15, 0.15)),
    eyeColor: random.pick(['#2b1a12', '#3d2a1c', '#2d4a63', '#35523a']),
    beard: bottoms !== 'skirt' && hair !== 'long' && hair !== 'bun' && random.chance(0.2),
    glasses: random.chance(settings.glasses),
    top,
    stripes: random.chance(settings.striped) ? { color: clothColor(random), count: random.int(3, 7) } : undefined,
    sleeves: random.chance(settings.sleeveless) ? 0 : long ? random.uniform(1.75, 1.95) : random.uniform(0.4, 0.85),
    bottoms,
    bottomColor: random.chance(settings.suit)
      ? top
      : random.chance(0.5)
        ? hsl(random.uniform(200, 240), random.uniform(0.1, 0.5), random.uniform(0.14, 0.42))
        : clothColor(random),
    hem: random.uniform(hems[bottoms][0], hems[bottoms][1]),
    shoes: random.chance(0.5) ? hsl(0, 0, random.uniform(0.08, 0.3)) : clothColor(random),
    belt: random.chance(0.3),
  };
}

function clothColor(random: Random): Color {
  if (random.chance(0.25)) return hsl(0, 0, random.uniform(0.1, 0.95));
  return hsl(random.uniform(0, 360), random.uniform(0.2, 0.85), random.uniform(0.22, 0.72));
}
