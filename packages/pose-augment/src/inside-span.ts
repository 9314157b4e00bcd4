/**
 * The columns of a row of the result whose source position lies inside: 0 <= start + step * column < last. They are
 * neighbours, because rounding keeps the order of the positions.
 *
 * @param columns how many the row has
 * @returns first column, and the one after the last; equal when there is none
 */
export function insideSpan(start: number, step: number, last: number, columns: number): [number, number] {
  const inside = (column: number): boolean => {
    const position = start + step * column;
    return position >= 0 && position < last;
  };
  if (step === 0) return inside(0) ? [0, columns] : [0, 0];
  const [low, high] = step > 0 ? [-start / step, (last - start) / step] : [(last - start) / step, -start / step];
  let from = Math.min(Math.max(Math.ceil(low), 0), columns);
  let to = Math.min(Math.max(Math.ceil(high), from), columns);
  // The division rounds as well: look at the neighbours.
  while (from < to && !inside(from)) from++;
  while (from > 0 && inside(from - 1)) from--;
  while (to > from && !inside(to - 1)) to--;
  while (to < columns && inside(to)) to++;
  return [from, to];
}
