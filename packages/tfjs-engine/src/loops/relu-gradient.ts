/** The gradient of y = max(x, 0) towards x: dy where y is positive, else 0. */
export function reluGradient(dy: Float32Array, y: Float32Array, dx: Float32Array): void {
  for (let i = 0; i < y.length; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}
