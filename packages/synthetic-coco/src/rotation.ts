/** A point or direction: x to the person's left, y down, z to the front (or, after the view, towards the viewer). */
export type Vec3 = readonly [number, number, number];

/** Rotation matrix, row-major 3x3. */
export type Rotation = readonly number[];

const DEGREE = Math.PI / 180;

/** About x: turns a hanging limb (0, 1, 0) forward (0, 0, 1), which is flexion. Degrees. */
export function flex(angle: number): Rotation {
  const c = Math.cos(angle * DEGREE);
  const s = Math.sin(angle * DEGREE);
  return [1, 0, 0, 0, c, -s, 0, s, c];
}

/** About z: turns a hanging limb (0, 1, 0) to the person's left (1, 0, 0), abduction of a left limb. Degrees. */
export function abduct(angle: number): Rotation {
  const c = Math.cos(angle * DEGREE);
  const s = Math.sin(angle * DEGREE);
  return [c, s, 0, -s, c, 0, 0, 0, 1];
}

/** About y: turns the front (0, 0, 1) to the left (1, 0, 0). Degrees. */
export function turn(angle: number): Rotation {
  const c = Math.cos(angle * DEGREE);
  const s = Math.sin(angle * DEGREE);
  return [c, 0, s, 0, 1, 0, -s, 0, c];
}

/** Product of rotations; the last one acts first. */
export function chain(...rotations: readonly Rotation[]): Rotation {
  return rotations.reduce((a, b) => {
    const product: number[] = [];
    for (let row = 0; row < 9; row += 3)
      for (let column = 0; column < 3; column++)
        product.push(a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6]);
    return product;
  });
}

export function rotate(rotation: Rotation, [x, y, z]: Vec3): Vec3 {
  return [
    rotation[0] * x + rotation[1] * y + rotation[2] * z,
    rotation[3] * x + rotation[4] * y + rotation[5] * z,
    rotation[6] * x + rotation[7] * y + rotation[8] * z,
  ];
}

/** origin + rotation * offset. */
export function offset(origin: Vec3, rotation: Rotation, vector: Vec3): Vec3 {
  const [x, y, z] = rotate(rotation, vector);
  return [origin[0] + x, origin[1] + y, origin[2] + z];
}
