/** What is compared: who is trained on which annotations, and how. */
export interface Arm {
  label: string;
  corrupted: boolean;
  smallLoss?: boolean;
  adaBatch?: boolean;
}

export const ARMS = {
  'plain-clean': { label: 'plain, clean', corrupted: false },
  'plain-corrupted': { label: 'plain, corrupted', corrupted: true },
  'small-loss-corrupted': { label: 'small-loss, corrupted', corrupted: true, smallLoss: true },
  'ada-batch-corrupted': { label: 'Ada-Batch, corrupted', corrupted: true, adaBatch: true },
} satisfies Record<string, Arm>;

export type ArmName = keyof typeof ARMS;

export const ARM_NAMES = Object.keys(ARMS) as ArmName[];
