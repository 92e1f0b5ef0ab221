import type { Rule } from '../reasoner/clause.ts';
import { createFile, createFolder } from './create-files.ts';
import { appendText, applyPatch, removeText, replaceText } from './edit-files.ts';
import { gitDiff, gitLog, nameCheckpoint, revertTo } from './history.ts';
import { listFiles, readFiles, searchFiles, summarizeProject } from './inspect.ts';
import { copyPath, deletePath, movePath, renamePath } from './move-files.ts';
import { installPackages, runBuild, runCommand, runScript, runTests } from './run-things.ts';
import { scaffoldReact, webPageRule } from './scaffold.ts';
import { writeScript } from './write-script.ts';

/** Everything that the rules agent can do. The first rule that recognises an instruction takes it: the narrow ones stand first. */
export const allRules: Rule[] = [
  applyPatch,
  nameCheckpoint,
  revertTo,
  gitDiff,
  gitLog,
  runTests,
  runBuild,
  scaffoldReact,
  webPageRule,
  runScript,
  installPackages,
  runCommand,
  listFiles,
  summarizeProject,
  replaceText,
  removeText,
  appendText,
  createFolder,
  writeScript,
  createFile,
  renamePath,
  movePath,
  copyPath,
  deletePath,
  searchFiles,
  readFiles,
];
