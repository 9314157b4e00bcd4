/** Thrown for poses, boxes, flows, times and options that this package cannot work with; the message says where, what was expected, what was found, and what to do. */
export class TrackError extends Error {
  override readonly name = 'TrackError';
}
