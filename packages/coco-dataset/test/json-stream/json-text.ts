const SPACES = ['', '', '', ' ', '\n', '\t', '\r\n', '  '];

/** JSON text of a value in a layout of its own: white space and escapes drawn with `choose`, which gives whole numbers. */
export function jsonText(value: unknown, choose: () => number): string {
  const space = (): string => SPACES[choose() % SPACES.length];
  const around = (text: string): string => space() + text + space();
  if (Array.isArray(value)) return around(`[${value.map((item) => jsonText(item, choose)).join(',') || space()}]`);
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(
      ([key, item]) => `${around(string(key, choose))}:${jsonText(item, choose)}`,
    );
    return around(`{${members.join(',') || space()}}`);
  }
  return around(typeof value === 'string' ? string(value, choose) : JSON.stringify(value));
}

/** A string of which some UTF-16 units are written as \u escapes. */
function string(value: string, choose: () => number): string {
  if (choose() % 4 !== 0) return JSON.stringify(value);
  const units = Array.from(
    { length: value.length },
    (_, i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`,
  );
  return `"${units.join('')}"`;
}
