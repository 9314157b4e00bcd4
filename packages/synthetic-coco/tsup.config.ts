import { packageConfig } from '../../tsup.preset';

export default packageConfig({ index: 'src/index.ts', 'render-worker': 'src/render-worker.ts' });
