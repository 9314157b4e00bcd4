/** Room that one thread uses again from sample to sample. */
export class Workspace {}
