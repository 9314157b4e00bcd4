/** An axis: values from `low` to `high`, labelled at `ticks`. */
export interface Axis {
  low: number;
  high: number;
  ticks: number[];
}

/** The step of 1, 2 or 5 times a power of ten that is closest above span / count. */
export function niceStep(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Multiples of `step`, each computed from its index so that errors do not add up. */
function multiples(step: number, from: number, to: number): number[] {
  // A step below one is the inverse of a whole number: dividing by that gives 0.3, not 0.30000000000000004.
  const inverse = Math.round(1 / step);
  const at = (i: number): number => (step < 1 ? i / inverse : i * step);
  return Array.from({ length: to - from + 1 }, (_, i) => at(from + i));
}

/**
 * A linear axis over [low, high], of about `count` ticks at steps of 1, 2 or 5 times a power of ten.
 *
 * @param whole   low and high are whole numbers, and steps below 1 are not used (epochs)
 * @param extend  the axis is extended to ticks at both ends; otherwise it ends where the data end
 */
export function linearAxis(
  low: number,
  high: number,
  count: number,
  { whole = false, extend = false }: { whole?: boolean; extend?: boolean } = {},
): Axis {
  // A span lost in the rounding of the values is no span: ticks would coincide.
  if (high - low <= Math.max(1e-12 * Math.max(Math.abs(low), Math.abs(high)), 1e-150)) {
    const pad = whole ? 1 : Math.abs(low) > 1e-150 ? Math.abs(low) * 0.1 : 1;
    [low, high] = [low - pad, low + pad];
  }
  const step = Math.max(niceStep(high - low, count), whole ? 1 : 0);
  const slack = 1e-9; // 0.30000000000000004 / 0.1 is 3, not 3.0000000000000004
  const [first, last] = extend
    ? [Math.floor(low / step + slack), Math.ceil(high / step - slack)]
    : [Math.ceil(low / step - slack), Math.floor(high / step + slack)];
  if (last < first) return linearAxis(low, high, 2 * count, { whole, extend }); // a short axis between two ticks
  const ticks = multiples(step, first, last);
  return extend ? { low: ticks[0], high: ticks[ticks.length - 1], ticks } : { low, high, ticks };
}

/** A logarithmic axis over [low, high], both positive: ticks at powers of ten, with 2 and 5 where there is room. */
export function logAxis(low: number, high: number, count: number): Axis {
  const slack = 1e-9; // what rounding may take from a power of ten
  const first = Math.floor(Math.log10(low) + slack);
  const decades = Math.ceil(Math.log10(high) - slack) - first;
  const factors = decades * 3 <= count ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / count));
  const ticks: number[] = [];
  const isDone = (): boolean => ticks.length >= 2 && ticks[ticks.length - 1] >= high * (1 - slack);
  for (let power = first; !isDone(); power += stride) {
    for (const factor of factors) if (!isDone()) ticks.push(Number(`${factor}e${power}`));
  }
  while (ticks.length > 2 && ticks[1] <= low * (1 + slack)) ticks.shift();
  return { low: Math.min(low, ticks[0]), high: Math.max(high, ticks[ticks.length - 1]), ticks };
}

/** Labels with as many decimals as the ticks differ by; powers of ten where they are very large or small. */
export function tickLabels(ticks: readonly number[]): string[] {
  if (ticks.length === 1) return [String(Number(ticks[0].toPrecision(6)))];
  const largest = Math.max(...ticks.map(Math.abs));
  const step = ticks[1] - ticks[0];
  if (largest >= 1e6 || step < 1e-4) {
    const digits = Math.min(15, Math.ceil(Math.log10(largest / step)) + 1);
    return ticks.map((t) => (t === 0 ? '0' : Number(t.toPrecision(digits)).toExponential().replace('e+', 'e')));
  }
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return ticks.map((t) => t.toFixed(decimals));
}

/** Labels of a logarithmic axis: each with its own decimals. */
export function logTickLabels(ticks: readonly number[]): string[] {
  return ticks.map((t) => (t >= 1e5 || t < 1e-3 ? t.toExponential().replace('e+', 'e') : String(t)));
}
