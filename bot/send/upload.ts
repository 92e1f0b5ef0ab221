import { InputFile } from 'grammy';

/** A file on its way to Telegram, under its own name without what could end or add a field of the form that carries it. */
export function upload(bytes: Buffer, path: string): InputFile {
  const name = path
    .split('/')
    .at(-1)
    ?.replaceAll(/[\p{C}\p{Zl}\p{Zp}";\\]+/gu, '-');
  return new InputFile(bytes, name || 'file');
}
