/**
 * The data set is not what it should be. The message says where (file, JSON path or image id), what was expected and
 * what was found; `cause` holds the underlying error when there is one.
 */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
