import { packageConfig } from '../../tsup.preset';

export default packageConfig({
  index: 'src/index.ts',
  cli: 'src/cli.ts',
  probe: 'src/doctor/probe.ts',
});
