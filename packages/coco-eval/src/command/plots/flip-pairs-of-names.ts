/** Pairs of keypoints whose names differ in left and right alone, such as left_knee and right_knee; 0-based places. */
export function flipPairsOfNames(names: readonly string[]): [number, number][] {
  return names.flatMap((name, left): [number, number][] => {
    const right = name.includes('left') ? names.indexOf(name.replace('left', 'right')) : -1;
    return right < 0 ? [] : [[left, right]];
  });
}
