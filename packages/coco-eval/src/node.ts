export { CocoFileError, readJson } from './files/read-json';
export { writeResults, type WriteResultsOptions } from './files/write-results';
