/** A tone, as a WAV file. */
export function tone(seconds = 3): Buffer {
  const samples = Buffer.alloc(seconds * 8_000, 0).map((_, at) => 128 + Math.round(60 * Math.sin(at / 6)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  for (const [value, at, size] of [
    [16, 16, 4],
    [1, 20, 2],
    [1, 22, 2],
    [8_000, 24, 4],
    [8_000, 28, 4],
    [1, 32, 2],
    [8, 34, 2],
  ] as const)
    head.writeUIntLE(value, at, size);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
