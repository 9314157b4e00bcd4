/** Loads people one by one, of whom the second cannot be read, and prints the message of that failure; then leaves early. */
const process = require('node:process');
const { setTimeout } = require('node:timers/promises');
const { BatchLoader } = require('@pose/trainer');

async function main() {
  const options = JSON.parse(process.argv[2]);
  const loader = new BatchLoader(options);
  const batches = loader.inOrder();
  await batches.next();
  await setTimeout(300); // for the second batch to fail while the first is in use
  await batches.next().catch(({ message }) => process.stdout.write(message));
  await loader.close();

  // Left early, the failure is nobody's.
  const abandoned = new BatchLoader(options);
  const left = abandoned.inOrder();
  await left.next();
  await left.return(undefined);
  await setTimeout(300);
  await abandoned.close();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
