import { uniform, type Nested } from '@pose/golden-cases';
import { type BlobMaps, heatmapsByFormula, parity } from './golden';

/** The formulas that the other parity tests make their heatmaps with. */
parity<{ name: string; i: number[] }, { u: number[] }>('hash', ({ inputs, expected, check }) => {
  check('u', inputs.i.map(uniform(inputs.name)), expected.u);
});

parity<{ maps: BlobMaps }, { full: Nested }>('blob_maps', ({ inputs, expected, check }) => {
  check('full', heatmapsByFormula([inputs.maps], 'khw').heatmaps, expected.full);
});
