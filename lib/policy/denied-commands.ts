import { type GitReading, hasLongOption, readGit } from './shell/git-command.ts';
import type { ScriptView } from './shell/read-script.ts';
import type { Argument, SimpleCommand } from './shell/simple-command.ts';
import { isDangerousDevice, isNetworkDevice, isSystemPath } from './shell/system-path.ts';

/** A kind of command that never runs, whatever the mode. `reason` is shown to the person. */
export type DenyRule = { id: string; reason: string; denies(view: ScriptView): boolean };

function named(id: string, reason: string, names: string): DenyRule {
  const denied = new Set(names.split(' '));
  return { id, reason, denies: ({ commands }) => commands.some(({ name }) => name !== null && denied.has(name)) };
}

function each(id: string, reason: string, denies: (command: SimpleCommand, view: ScriptView) => boolean): DenyRule {
  return { id, reason, denies: (view) => view.commands.some((command) => denies(command, view)) };
}

export const denyRules: DenyRule[] = [
  named(
    'deny.privileges',
    'It asks for the rights of another user.',
    'sudo su doas pkexec runuser gosu su-exec sudoedit visudo setpriv nsenter chroot',
  ),
  named('deny.power', 'It turns the machine off or starts it again.', 'shutdown reboot halt poweroff init telinit'),
  named('deny.mounts', 'It changes what is mounted.', 'mount umount losetup swapon swapoff pivot_root fusermount'),
  named('deny.firewall', 'It changes the network of the machine.', 'iptables ip6tables nft ufw firewall-cmd ifconfig route'),
  named('deny.kernel', 'It changes the running kernel.', 'modprobe insmod rmmod kexec sysctl'),
  named('deny.accounts', 'It changes users or scheduled jobs.', 'useradd userdel usermod groupadd passwd chpasswd crontab at batch'),
  named('deny.disks', 'It writes to whole disks.', 'fdisk sfdisk cfdisk parted wipefs mkswap blkdiscard hdparm'),
  each('deny.disks', 'It makes a file system over what is there.', ({ name }) => name?.startsWith('mkfs') ?? false),
  each('deny.services', 'It starts or stops services of the machine.', ({ name, args }) =>
    name === 'systemctl' || name === 'service' ? !args.some(({ text }) => text === 'status') : false,
  ),
  { id: 'deny.fork-bomb', reason: 'It starts itself again without end.', denies: (view) => view.forkBomb },
  {
    id: 'deny.devices',
    reason: 'It writes to a device of the machine.',
    denies: (view) =>
      view.redirects.some((target) => isDangerousDevice(target) && !isNetworkDevice(target)) || view.commands.some(writesDevice),
  },
  each('deny.remove-system', 'It deletes files outside the project.', removesSystem),
  each('deny.git-history', 'It rewrites or publishes git history, which a revert here cannot take back.', rewritesHistory),
];

function writesDevice({ name, args }: SimpleCommand): boolean {
  if (name === null || !['dd', 'tee', 'cp', 'mv', 'shred', 'install', 'truncate', 'ln', 'badblocks'].includes(name)) return false;
  return args.some(({ text, known }) => isDangerousDevice({ text: text.replace(/^of=/, ''), known }));
}

function removesSystem({ name, args }: SimpleCommand, view: ScriptView): boolean {
  const operands = args.filter(({ text }) => !text.startsWith('-'));
  if (name === 'rm' || name === 'rmdir' || name === 'shred' || name === 'unlink' || name === 'mv')
    return (
      hasLongOption(args, '--no-preserve-root') ||
      operands.some(isSystemPath) ||
      (isRecursive(args) && leavesTree(view) && operands.some(isRelative))
    );
  if (name === 'chmod' || name === 'chown' || name === 'chgrp') return isRecursive(args) && operands.slice(1).some(isSystemPath);
  return false;
}

function isRelative({ text }: Argument): boolean {
  return !text.startsWith('/');
}

function isRecursive(args: Argument[]): boolean {
  return args.some(({ text }) => /^-[a-zA-Z]*[rR]/.test(text)) || hasLongOption(args, '--recursive');
}

function leavesTree({ commands }: ScriptView): boolean {
  return commands.some(({ name, args }) => {
    if (name !== 'cd' && name !== 'pushd') return false;
    const target = args.find(({ text }) => !text.startsWith('-'));
    return !target || isSystemPath(target);
  });
}

const historyCommands = new Set(
  'push rebase filter-branch filter-repo update-ref symbolic-ref replace reflog gc prune fast-import send-pack http-push'.split(' '),
);

function rewritesHistory(command: SimpleCommand): boolean {
  return command.name === 'git' && readGit(command).readings.some(rewrites);
}

function rewrites({ subcommand, args }: GitReading): boolean {
  if (historyCommands.has(subcommand.text)) return true;
  if (subcommand.text === 'reset') return ['--hard', '--merge', '--keep'].some((option) => hasLongOption(args, option));
  if (subcommand.text === 'commit') return hasLongOption(args, '--amend');
  if (subcommand.text === 'branch' || subcommand.text === 'tag')
    return args.some(({ text }) => /^-[a-zA-Z]*[dDfM]/.test(text)) || hasLongOption(args, '--delete') || hasLongOption(args, '--force');
  return false;
}
