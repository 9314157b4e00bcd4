import { packageConfig } from '../../tsup.preset';

export default {
  ...packageConfig({ index: 'src/index.ts', node: 'src/node.ts' }),
  // Without shims: they import `path` and `url`, which a browser does not have.
  shims: false,
  // What both entries use is there once, in CommonJS too: an error that one throws is the VizError of the other.
  splitting: true,
};
