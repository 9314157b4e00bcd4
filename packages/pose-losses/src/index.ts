export { jointsMse } from './joints-mse';
export { LossError } from './loss-error';
