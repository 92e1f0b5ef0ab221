import { z } from 'zod';

/** Unique in its workspace without regard to case. It also stands in clone addresses, so it holds no slash and nothing invisible. */
export const ProjectName = z
  .string()
  .transform((name) => name.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'Give the project a name.')
      .max(100, 'A project name has at most 100 characters.')
      .regex(/^[^\p{C}\p{Zl}\p{Zp}/\\]+$/u, 'A project name holds no slashes and no invisible characters.')
      .regex(/^[^.-]/, 'A project name does not start with a dot or a dash.'),
  );
