import { packageConfig } from '../../tsup.preset';

export default packageConfig({
  index: 'src/index.ts',
  'sample-worker': 'src/data/sample-worker.ts',
  'crop-cache-worker': 'src/data/crop-cache/crop-cache-worker.ts',
});
