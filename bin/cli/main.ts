import { CliError, exitCodes } from './cli-error.ts';
import { connectClient } from './client.ts';
import { commands, describeCommand, describeCommands } from './commands.ts';
import { cleanLine } from './render/clean-text.ts';
import { openTerminal } from './terminal.ts';

const [word = '--help', ...args] = process.argv.slice(2);
const terminal = openTerminal(process.env);
process.exitCode = await main().catch((error: unknown) => {
  if (terminal.signal.aborted) return exitCodes.interrupted;
  terminal.note(
    error instanceof CliError ? error.message : `Choir's command line failed: ${error instanceof Error ? error.message : error}`,
  );
  return error instanceof CliError ? error.exitCode : exitCodes.failed;
});
// What still holds the process open, such as a question or a stream, belongs to a command that has ended.
process.exit();

async function main(): Promise<number> {
  const command = commands.get(word);
  if (!command) {
    if (!['--help', '-h', 'help'].includes(word))
      throw new CliError(`There is no command "${cleanLine(word)}". All there are: npx choir --help`);
    const asked = commands.get(args[0] ?? '');
    terminal.print(asked ? describeCommand(asked) : describeCommands());
    return exitCodes.completed;
  }
  if (args.includes('--help') || args.includes('-h')) {
    terminal.print(describeCommand(command));
    return exitCodes.completed;
  }
  return command.run({ client: await connectClient(process.env), terminal }, args);
}
