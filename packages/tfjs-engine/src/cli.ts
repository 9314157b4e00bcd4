import { useEngine } from './use-engine';
void useEngine();
