/** Loads one batch, closes the loader, and prints how many threads were started and how many of them ended as JSON. */
const process = require('node:process');
const { BatchLoader } = require('@pose/trainer');

const threads = { started: 0, ended: 0 };
process.on('worker', (worker) => {
  threads.started++;
  worker.once('exit', () => threads.ended++);
});

async function main() {
  const loader = new BatchLoader(JSON.parse(process.argv[2]));
  const batches = loader.shuffled(0);
  await batches.next();
  await batches.return(undefined);
  await loader.close();
  process.stdout.write(JSON.stringify(threads));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
