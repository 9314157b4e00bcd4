import { describeMachine } from '../doctor/machine';
import { chooseModels } from './models';
import type { ProfileReport } from './report';
import type { BenchOptions } from './run-bench';
import { runTask } from './run-task';

/** Where the time of one training step goes, per model and engine. */
export async function runProfile(options: BenchOptions, onStart: (what: string) => void): Promise<ProfileReport> {
  const { models, unavailable } = chooseModels(options.models);
  const { engines, input, batch, seconds } = options;
  const profiles: ProfileReport['profiles'] = [];
  for (const model of models) {
    for (const engine of engines) {
      onStart(`${model} on ${engine}`);
      const answer = await runTask({ input, batch, seconds, engine, model, profile: true });
      if ('profile' in answer) profiles.push({ model, engine, ...answer.profile });
      else if ('error' in answer) unavailable.push({ model, engine, reason: answer.error });
    }
  }
  return { machine: describeMachine(), input, batch, profiles, unavailable };
}
