/** One step of Newton's method: the inverse of the Hessian times the gradient, with its sign turned; none where it has no inverse. */
export function newtonStep(dx: number, dy: number, dxx: number, dxy: number, dyy: number): [number, number] {
  const determinant = dxx * dyy - dxy * dxy;
  if (determinant === 0) return [0, 0];
  return [(dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant];
}
