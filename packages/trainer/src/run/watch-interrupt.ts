/** Whether the user asked to stop (SIGINT). The second SIGINT ends the process at once, as without us. */
export function watchInterrupt(): { readonly requested: boolean; stop(): void } {
  let requested = false;
  const onSignal = () => {
    requested = true;
    process.stderr.write('\nFinishing the step under way; press Ctrl-C again to stop at once.\n');
  };
  process.once('SIGINT', onSignal);
  return {
    get requested() {
      return requested;
    },
    stop: () => void process.removeListener('SIGINT', onSignal),
  };
}
