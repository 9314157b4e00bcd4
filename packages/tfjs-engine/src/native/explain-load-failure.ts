/** What the dynamic loader or Node.js says about an addon, and what that means. */
const CAUSES: [RegExp, string][] = [
  [/tfjs_binding\.node: (?:file too short|.*truncated)/, 'the addon is not complete'],
  [/libtensorflow\S*: file too short/, "TensorFlow's library is not complete"],
  [
    /libtensorflow\S*: cannot open shared object|Library not loaded: \S*libtensorflow/,
    "TensorFlow's library is not there",
  ],
  [/NODE_MODULE_VERSION|did not self-register/, 'the addon is for another version of Node.js'],
  [
    /invalid ELF header|wrong ELF class|not a mach-o file|incompatible architecture/,
    'the addon is for another system or processor',
  ],
  [/GLIBC(?:XX)?_\S+' not found/, 'the addon is for a newer system'],
  [/undefined symbol|symbol lookup error|Symbol not found/, 'the addon does not fit the TensorFlow that is there'],
  [/cannot open shared object/, 'a library is missing'],
];

/** The first line of an error while an addon was loaded, and its meaning in plain words where that is known. */
export function explainLoadFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n')[0].slice(0, 400);
  const cause = CAUSES.find(([pattern]) => pattern.test(message))?.[1];
  return cause ? `${cause}: ${line}` : line;
}
