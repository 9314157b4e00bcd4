/** What one keypoint costs in OKS, over the people that detections were matched with. */
export interface JointOksLoss {
  /** Matched people who have it labelled. With 0, `meanLoss` is -1. */
  readonly labelled: number;
  /** Mean of 1 - exp(-d^2 / (2 area (2 sigma)^2)) over them, 0 to 1: how badly the keypoint is found where it is asked for. */
  readonly meanLoss: number;
  /**
   * Its part of 1 - OKS, averaged over all matched people, 0 to 1: what perfect places of this keypoint alone would add
   * to their mean OKS. The parts of all keypoints add up to 1 - mean OKS. 0 where nobody was matched.
   */
  readonly oksLoss: number;
}

/**
 * @param similarities of each matched person [K] OKS terms, -1 where not labelled; at least one is
 * @param K            number of keypoints
 */
export function jointOksLoss(similarities: readonly Float64Array[], K: number): JointOksLoss[] {
  const labelled = new Int32Array(K);
  const lost = new Float64Array(K);
  const lostOfOks = new Float64Array(K);
  for (const terms of similarities) {
    const count = terms.reduce((sum, term) => (term < 0 ? sum : sum + 1), 0);
    terms.forEach((term, k) => {
      if (term < 0) return;
      labelled[k]++;
      lost[k] += 1 - term;
      lostOfOks[k] += (1 - term) / count;
    });
  }
  const people = similarities.length;
  return Array.from(labelled, (count, k) => ({
    labelled: count,
    meanLoss: count === 0 ? -1 : lost[k] / count,
    oksLoss: people === 0 ? 0 : lostOfOks[k] / people,
  }));
}
