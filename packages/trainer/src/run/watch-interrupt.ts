/** Ctrl-C, and what schedulers and containers send before they kill. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Whether somebody asked to stop (SIGINT, SIGTERM). The second signal ends the process at once, as without us. */
export function watchInterrupt(): { readonly requested: boolean; stop(): void } {
  let requested = false;
  const stop = () => SIGNALS.forEach((signal) => process.removeListener(signal, onSignal));
  const onSignal = () => {
    requested = true;
    stop();
    process.stderr.write('\nFinishing the step under way; press Ctrl-C again to stop at once.\n');
  };
  SIGNALS.forEach((signal) => process.on(signal, onSignal));
  return {
    get requested() {
      return requested;
    },
    stop,
  };
}
