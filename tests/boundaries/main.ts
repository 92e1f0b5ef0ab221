import { fileURLToPath } from 'node:url';
import { findViolations } from './find-violations.ts';
import { readSourceFiles } from './read-imports.ts';

const violations = findViolations(readSourceFiles(fileURLToPath(new URL('../..', import.meta.url))));
for (const violation of violations) console.error(violation);
process.exitCode = violations.length > 0 ? 1 : 0;
