import { Command } from 'commander';
import { link, unlink, type LinkOptions } from './link';

/** `pose-engine link` and `pose-engine unlink`. @param print receives what goes to stdout */
export function linkCommands(print: (text: string) => void): Command[] {
  return [
    new Command('link')
      .description(
        'Builds the native part of tfjs-node-gpu or tfjs-node against a TensorFlow that is installed here, instead of the ' +
          'TensorFlow 2.9 that it downloads. Tries the result in a process of its own before it takes the place of what was ' +
          'there. Needs a C++ compiler. That TensorFlow must stay where it is.',
      )
      .option('--python <exe>', 'take the wheel tensorflow or tensorflow-cpu of this interpreter (default: python3)')
      .option('--libtensorflow <folder>', 'take an unpacked libtensorflow: include/ and lib/')
      .option(
        '--package <name>',
        'the package to link (default: @tensorflow/tfjs-node-gpu, else @tensorflow/tfjs-node)',
      )
      .option('--json', 'print one JSON object')
      .action(async ({ json, ...options }: LinkOptions & { json?: true }) => {
        const result = await link(options, (line) => console.error(line));
        const { package: name, tensorflow, device, library } = result;
        print(
          json
            ? `${JSON.stringify(result)}\n`
            : `${name} runs TensorFlow ${tensorflow} on the ${device === 'cuda' ? 'GPU' : 'CPU'} now.\n` +
                `It loads ${library} from there: keep it, or link again. To undo: pose-engine unlink\n`,
        );
      }),
    new Command('unlink')
      .description('Undoes `link`: restores the addon that was there before it, or none.')
      .option('--package <name>', 'the package to unlink (default: the one that is linked)')
      .option('--json', 'print one JSON object')
      .action(({ json, ...options }: { package?: string; json?: true }) => {
        const result = unlink(options);
        const what = result.restored ? 'the addon from before is back' : 'it has no addon, as before';
        print(json ? `${JSON.stringify(result)}\n` : `${result.package} is no longer linked; ${what}.\n`);
      }),
  ];
}
