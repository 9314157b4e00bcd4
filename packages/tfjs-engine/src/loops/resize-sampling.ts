/** Where the pixels of a resized image lie in the original, as TensorFlow's image resizing has it. */
export interface ResizeSampling {
  /** The corner pixels' centres coincide: step (in - 1) / (out - 1) in place of in / out. */
  alignCorners: boolean;
  /** Pixels are squares about their centres (PyTorch's align_corners=False), not points at their corners. */
  halfPixelCenters: boolean;
}

/** Input pixels per output pixel, along one axis. */
export function resizeStep(inSize: number, outSize: number, { alignCorners }: ResizeSampling): number {
  return alignCorners && outSize > 1 ? (inSize - 1) / (outSize - 1) : inSize / outSize;
}
