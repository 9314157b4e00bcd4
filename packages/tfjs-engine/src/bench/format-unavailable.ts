import type { Unavailable } from './report';

/** One line per engine and reason, with the models that it concerns. */
export function describeUnavailable(unavailable: readonly Unavailable[]): string[] {
  const models = new Map<string, string[]>();
  for (const { engine, model, reason } of unavailable) {
    const key = `${engine}: ${reason}`;
    models.set(key, [...(models.get(key) ?? []), model]);
  }
  return [...models].map(([fact, names]) => `not measured (${names.join(', ')}): ${fact}`);
}
