import { runCli } from './command/run-cli';

process.exitCode = runCli(process.argv.slice(2), process);
