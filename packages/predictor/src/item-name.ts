/** How messages call a part of an item: by its place where there are several. */
export function itemName(items: readonly unknown[], i: number, part: string): string {
  return items.length === 1 ? part : `items[${i}].${part}`;
}
