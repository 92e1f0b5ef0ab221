import { expect, it } from 'vitest';
import { summarizeWork } from './summarize-work.ts';

it('says what was done, most often first', () => {
  expect(summarizeWork(['run_command', 'read_file', 'search_files', 'edit_file', 'read_file', 'run_command'])).toBe(
    '3 read, 2 ran, 1 changed',
  );
  expect(summarizeWork(['mcp_call'])).toBe('1 asked others');
});
