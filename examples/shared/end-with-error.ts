/** The end of a program that failed: one line that says why. */
export function endWithError(error: Error): void {
  console.error(`\n${error.name}: ${error.message}`);
  process.exitCode = 1;
}
