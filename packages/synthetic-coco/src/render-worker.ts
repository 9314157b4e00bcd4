/** Runs in worker threads. */
export { renderImage as default } from './render-image';
