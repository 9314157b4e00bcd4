import * as tf from '@tensorflow/tfjs';

// Without it, the cpu engine advises at length to install tfjs-node.
tf.env().set('IS_TEST', true);

/** TensorFlow's own engine cannot run beside the others: `pnpm test:native` runs these tests. */
export const describeOnNative = process.env.POSE_ENGINE === 'native' ? describe : describe.skip;
