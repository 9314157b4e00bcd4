/** A name from a file between quotes, for errors: at most some hundred characters of it. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}
