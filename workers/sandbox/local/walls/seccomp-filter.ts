import { type SyscallName, syscallNumbers } from './syscall-numbers.ts';

const errno = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;
const allow = 0x7fff_0000;
const killProcess = 0x8000_0000;

type Refusal = { errno: keyof typeof errno };
type Rule = Refusal & { syscall: SyscallName; when?: { argument: number } & ({ anyBit: number } | { is: number[] } | { isNot: number[] }) };

const refused: SyscallName[] = [
  ...(['acct', 'add_key', 'adjtimex', 'bpf', 'chroot', 'clock_adjtime', 'clock_settime', 'create_module', 'delete_module'] as const),
  ...(['fanotify_init', 'finit_module', 'fsconfig', 'fsmount', 'fsopen', 'fspick', 'init_module', 'io_uring_enter'] as const),
  ...(['io_uring_register', 'io_uring_setup', 'ioperm', 'iopl', 'kcmp', 'kexec_file_load', 'kexec_load', 'keyctl', 'listmount'] as const),
  ...([
    'lookup_dcookie',
    'migrate_pages',
    'modify_ldt',
    'mount',
    'mount_setattr',
    'move_mount',
    'move_pages',
    'name_to_handle_at',
  ] as const),
  ...(['nfsservctl', 'open_by_handle_at', 'open_tree', 'open_tree_attr', 'perf_event_open', 'pidfd_getfd', 'pivot_root'] as const),
  ...(['process_vm_readv', 'process_vm_writev', 'ptrace', 'quotactl', 'quotactl_fd', 'reboot', 'request_key', 'setns'] as const),
  ...(['settimeofday', 'statmount', 'swapoff', 'swapon', 'syslog', 'umount2', 'unshare', 'userfaultfd', 'uselib', 'vhangup'] as const),
];

const newNamespaces = 0x7e02_0000;
const typeIntoTerminal = 0x5412;
const linuxConsole = 0x541c;
const socketFamilies = { unspecified: 0, unix: 1, inet: 2, inet6: 10, netlink: 16 };

const rules: Rule[] = [
  ...refused.map((syscall): Rule => ({ syscall, errno: 'EPERM' })),
  // Its flags lie behind a pointer that a filter cannot read; libc falls back to clone.
  { syscall: 'clone3', errno: 'ENOSYS' },
  { syscall: 'clone', errno: 'EPERM', when: { argument: 0, anyBit: newNamespaces } },
  { syscall: 'ioctl', errno: 'EPERM', when: { argument: 1, is: [typeIntoTerminal, linuxConsole] } },
  { syscall: 'socket', errno: 'EAFNOSUPPORT', when: { argument: 0, isNot: Object.values(socketFamilies) } },
  { syscall: 'personality', errno: 'EPERM', when: { argument: 0, isNot: [0, 0xffff_ffff] } },
];

type Instruction = [code: number, jumpTrue: number, jumpFalse: number, constant: number];
const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const jumpIfEqual = (constant: number, onTrue: number, onFalse: number): Instruction => [0x15, onTrue, onFalse, constant];
const jumpIfAtLeast = (constant: number, onTrue: number, onFalse: number): Instruction => [0x35, onTrue, onFalse, constant];
const jumpIfAnyBit = (constant: number, onTrue: number, onFalse: number): Instruction => [0x45, onTrue, onFalse, constant];
const answer = (verdict: number): Instruction => [0x06, 0, 0, verdict];
const refuse = (refusal: Refusal): Instruction => answer(0x0005_0000 | errno[refusal.errno]);

function conditional(rule: Rule): Instruction[] {
  const { when } = rule;
  if (!when) return [refuse(rule)];
  const argument = load(16 + 8 * when.argument);
  if ('anyBit' in when) return [argument, jumpIfAnyBit(when.anyBit, 0, 1), refuse(rule), answer(allow)];
  if ('is' in when) return [argument, ...when.is.flatMap((value) => [jumpIfEqual(value, 0, 1), refuse(rule)]), answer(allow)];
  return [argument, ...when.isNot.flatMap((value) => [jumpIfEqual(value, 0, 1), answer(allow)]), refuse(rule)];
}

const architectures = { x64: { audit: 0xc000_003e, column: 0 }, arm64: { audit: 0xc000_00b7, column: 1 } } as const;
export type FilteredArchitecture = keyof typeof architectures;

export function isFilteredArchitecture(name: string): name is FilteredArchitecture {
  return name in architectures;
}

/**
 * The classic-BPF program for `bwrap --seccomp`: refuses what no build or script needs and what has broken kernels before
 * (mounts, namespaces, keys, bpf, io_uring, tracing, modules, odd socket families, typing into a terminal). Foreign
 * architectures die. Bytes are `struct sock_filter[]`, little-endian.
 */
export function seccompFilter(architecture: FilteredArchitecture): Uint8Array {
  const { audit, column } = architectures[architecture];
  const program: Instruction[] = [load(4), jumpIfEqual(audit, 1, 0), answer(killProcess), load(0)];
  const x32Calls = 0x4000_0000;
  if (architecture === 'x64') program.push(jumpIfAtLeast(x32Calls, 0, 1), refuse({ errno: 'ENOSYS' }));
  for (const rule of rules) {
    const number = syscallNumbers[rule.syscall][column];
    if (number === null) continue;
    const body = conditional(rule);
    program.push(jumpIfEqual(number, 0, body.length), ...body);
  }
  program.push(answer(allow));
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  for (const [index, [code, jumpTrue, jumpFalse, constant]] of program.entries()) {
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, jumpTrue);
    bytes.setUint8(index * 8 + 3, jumpFalse);
    bytes.setUint32(index * 8 + 4, constant >>> 0, true);
  }
  return new Uint8Array(bytes.buffer);
}
