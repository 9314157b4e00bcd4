import { Option, type Command } from 'commander';
import { heightByWidth, integers, number, positiveNumber } from './values';

/** What trainings on crops of people have in common. */
export interface TopDownOptions {
  input: [height: number, width: number];
  lrStep: number[];
  lrFactor: number;
  sigma: number;
  scaleFactor: number;
  rotation: number;
  flip: number;
  cropCache?: string;
  detections?: string;
  flipTest: boolean;
  summary?: boolean;
}

/** The published values of a recipe. */
export interface TopDownDefaults {
  input: [height: number, width: number];
  /** What the sides of the input must be multiples of, and anything else to say of it. */
  inputNote: string;
  lrStep: number[];
  lrFactor: number;
  sigma: number;
  scaleFactor: number;
  rotation: number;
}

export function addTopDownOptions(command: Command, defaults: TopDownDefaults): Command {
  return command
    .addOption(
      new Option('--input <HxW>', `network input in pixels, ${defaults.inputNote}`)
        .default(defaults.input, defaults.input.join('x'))
        .argParser(heightByWidth),
    )
    .addOption(
      new Option('--lr-step <epochs>', 'epochs at which the rate drops')
        .default(defaults.lrStep, defaults.lrStep.join())
        .argParser(integers),
    )
    .option('--lr-factor <f>', 'what the rate is multiplied by at those epochs', positiveNumber, defaults.lrFactor)
    .option(
      '--sigma <pixels>',
      'standard deviation of the target Gaussians, heatmap pixels',
      positiveNumber,
      defaults.sigma,
    )
    .option('--scale-factor <f>', 'random scale, 1 -+ f', number, defaults.scaleFactor)
    .option('--rotation <degrees>', 'random rotation, normal, limited to twice that', number, defaults.rotation)
    .option('--flip <p>', 'share of mirrored samples', number, 0.5)
    .option(
      '--crop-cache <file>',
      'keep the decoded pixels around people to train on there: faster epochs for disk space',
    )
    .option('--detections <file>', 'evaluate on these detected boxes (COCO results) instead of the annotated ones')
    .option('--no-flip-test', 'evaluate without the mirrored image, for networks trained with --flip 0')
    .option('--summary', "print the network's layers");
}
