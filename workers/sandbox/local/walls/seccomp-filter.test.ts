import { expect, test } from 'vitest';
import { type FilteredArchitecture, seccompFilter } from './seccomp-filter.ts';
import { type SyscallName, syscallNumbers } from './syscall-numbers.ts';

const audit = { x64: 0xc000003e, arm64: 0xc00000b7 };
const allowed = 0x7fff0000;
const refusedWith = (errno: number) => 0x50000 | errno;

/** The verdict of a classic BPF program, as the kernel computes it. */
function verdict(architecture: FilteredArchitecture, number: number, args: number[] = [], machine = audit[architecture]): number {
  const program = seccompFilter(architecture);
  const view = new DataView(program.buffer);
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, machine, true);
  for (const [index, value] of args.entries()) data.setUint32(16 + 8 * index, value, true);
  let accumulator = 0;
  for (let index = 0; index < program.length / 8; index += 1) {
    const constant = view.getUint32(index * 8 + 4, true);
    const jump = (taken: boolean) => view.getUint8(index * 8 + (taken ? 2 : 3));
    switch (view.getUint16(index * 8, true)) {
      case 0x20:
        accumulator = data.getUint32(constant, true);
        break;
      case 0x15:
        index += jump(accumulator === constant);
        break;
      case 0x35:
        index += jump(accumulator >= constant);
        break;
      case 0x45:
        index += jump((accumulator & constant) !== 0);
        break;
      case 0x06:
        return constant;
      default:
        throw new Error('an instruction that the kernel does not know');
    }
  }
  throw new Error('the program ran off its end');
}

const conditional: SyscallName[] = ['clone', 'clone3', 'ioctl', 'personality', 'socket'];

test.each(['x64', 'arm64'] as const)('on %s every listed call is refused', (architecture) => {
  for (const [name, numbers] of Object.entries(syscallNumbers)) {
    const number = numbers[architecture === 'x64' ? 0 : 1];
    if (number === null || conditional.some((other) => other === name)) continue;
    expect(verdict(architecture, number), name).toBe(refusedWith(1));
  }
  expect(verdict(architecture, 435)).toBe(refusedWith(38));
});

test('ordinary calls pass', () => {
  for (const number of [0, 1, 2, 3, 9, 57, 59, 231, 257, 262, 332]) expect(verdict('x64', number)).toBe(allowed);
});

test('arguments decide where a call has honest uses', () => {
  const [clone, ioctl, socket, personality] = [56, 16, 41, 135];
  expect(verdict('x64', clone, [17])).toBe(allowed);
  expect(verdict('x64', clone, [0x10000011])).toBe(refusedWith(1));
  expect(verdict('x64', ioctl, [0, 0x5401])).toBe(allowed);
  expect(verdict('x64', ioctl, [0, 0x5412])).toBe(refusedWith(1));
  expect([1, 2, 10, 16].map((family) => verdict('x64', socket, [family]))).toEqual([allowed, allowed, allowed, allowed]);
  expect([17, 40, 38].map((family) => verdict('x64', socket, [family]))).toEqual([97, 97, 97].map(refusedWith));
  expect(verdict('x64', personality, [0xffffffff])).toBe(allowed);
  expect(verdict('x64', personality, [0x0040000])).toBe(refusedWith(1));
});

test('foreign architectures die, and the x32 calls are not there', () => {
  expect(verdict('x64', 1, [], 0x40000003)).toBe(0x80000000);
  expect(verdict('x64', 0x40000001)).toBe(refusedWith(38));
});
