import { TrainerError } from '../trainer-error';

/** An image that no sample can be made from; the message names the file. */
export class UnreadableImage extends TrainerError {
  constructor(
    readonly file: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
