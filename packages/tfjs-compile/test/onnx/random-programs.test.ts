import { dispose } from '@tensorflow/tfjs-core';
import { openOnnx, optimize, trace } from '../../src';
import { expectEqual } from '../support/compare';
import { testEngine } from '../support/engine';
import { randomProgram } from '../support/random-program';
import { eagerOutcome, outcomeOf } from '../support/run-program';

beforeAll(testEngine);

test('random programs, optimized and run by ONNX Runtime, compute what they do eagerly', async () => {
  for (let seed = 200; seed < 260; seed++) {
    const program = randomProgram(seed);
    const expected = await eagerOutcome(program);
    const executable = await openOnnx(optimize(trace(program.fn, program.inputs)));
    const found = await outcomeOf(program.variables, () => executable.run(program.inputs));
    await executable.dispose();
    try {
      expectEqual(found, expected, 1e-5);
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
    } finally {
      dispose([found, expected]);
      program.dispose();
    }
  }
});
