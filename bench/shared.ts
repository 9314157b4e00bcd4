/** What `pose-engine bench` has too; taken from its source, because a published package should not export it. */
export { heightByWidth, positiveInteger } from '../packages/tfjs-engine/src/bench/arguments';
export { measure } from '../packages/tfjs-engine/src/bench/measure';
export { table } from '../packages/tfjs-engine/src/bench/table';
export { describeMachine } from '../packages/tfjs-engine/src/doctor/machine';
