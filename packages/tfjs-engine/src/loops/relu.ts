/** y = max(x, 0), and NaN where x is NaN: so a diverged network is seen in its loss. */
export function relu(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) y[i] = Math.max(x[i], 0);
}

/** The gradient of y = max(x, 0) towards x: dy where y is positive, else 0. */
export function reluGradient(dy: Float32Array, y: Float32Array, dx: Float32Array): void {
  for (let i = 0; i < y.length; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}
