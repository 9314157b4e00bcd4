/** What a function does that cannot be compiled, or why a compiled one does not run; the message tells where and what to do. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
}

/** What something that was thrown says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
