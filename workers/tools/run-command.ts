import { type Tool, ToolRefusal, treePath } from './tool-input.ts';

/** The kernel takes no argument longer than 128 KiB. */
const longestCommandBytes = 120_000;

export const runCommand: Tool<'run_command'> = async (args, { transaction, signal, onOutput, onContact, network, limits }) => {
  if (args.command.includes('\0')) throw new ToolRefusal('The command holds a NUL character.');
  if (Buffer.byteLength(args.command) > longestCommandBytes)
    throw new ToolRefusal('The command is too long: write it to a file and run that.');
  return transaction.exec(
    {
      argv: ['bash', '-c', args.command],
      cwd: treePath(args.cwd),
      network,
      limits: { ...limits, ...(args.timeoutMs ? { timeoutMs: args.timeoutMs } : {}) },
    },
    { signal, onOutput, onContact },
  );
};
