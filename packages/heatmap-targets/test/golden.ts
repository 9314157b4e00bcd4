import { join } from 'node:path';
import { pipelineParity } from '@pose/golden-cases';

export const parity = pipelineParity(join(__dirname, 'fixtures'));
