const TOKEN =
  /[ \t\n\r]*(?:([{}[\]:,])|("(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)/uy;
const SPACE = /[ \t\n\r]*/y;

/** What the grammar allows next. */
type Expecting = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or close' | 'end';

/**
 * Where a text stops being JSON (RFC 8259). `JSON.parse` of Node 20 does not always say.
 *
 * @returns offset in UTF-16 units of the first token that cannot stand there (the length of the text when it ends too
 *   early), or undefined when the text is JSON
 */
export function jsonErrorOffset(text: string): number | undefined {
  const open: string[] = [];
  let expecting: Expecting = 'value';
  let offset = 0;
  for (;;) {
    SPACE.lastIndex = offset;
    SPACE.test(text);
    const start = SPACE.lastIndex;
    if (start === text.length) return expecting === 'end' ? undefined : start;
    TOKEN.lastIndex = start;
    const token = TOKEN.exec(text);
    if (!token) return start;
    offset = TOKEN.lastIndex;

    const next = advance(expecting, token[1] ?? (token[2] === undefined ? 'scalar' : 'string'), open);
    if (!next) return start;
    expecting = next;
  }
}

/** The state after `token`, or undefined when it may not stand here; `open` is the stack of open brackets. */
function advance(expecting: Expecting, token: string, open: string[]): Expecting | undefined {
  const inObject = open[open.length - 1] === '{';
  const closes = (token === '}' && inObject) || (token === ']' && !inObject && open.length > 0);
  if (closes && (expecting === 'comma or close' || expecting === 'key or }' || expecting === 'value or ]')) {
    open.pop();
    return open.length > 0 ? 'comma or close' : 'end';
  }
  switch (expecting) {
    case 'value':
    case 'value or ]':
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'key or }' : 'value or ]';
      }
      if (token !== 'string' && token !== 'scalar') return undefined;
      return open.length > 0 ? 'comma or close' : 'end';
    case 'key':
    case 'key or }':
      return token === 'string' ? 'colon' : undefined;
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'comma or close':
      if (token !== ',') return undefined;
      return inObject ? 'key' : 'value';
    case 'end':
      return undefined;
  }
}
