import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { optimize, trace } from '@pose/tfjs-compile';

const weight = tf.variable(tf.scalar(2));
const graph = optimize(trace(({ x }) => ({ y: tf.add(tf.mul(x, weight), tf.zerosLike(x)) }), { x: tf.ones([3]) }));
const kernels = graph.operations.map(({ kernel }) => kernel).join();
if (kernels !== 'Multiply') throw new Error(`kernels ${kernels}: expected Multiply alone`);
