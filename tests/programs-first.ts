import { BaseSequencer, type TestSpecification } from 'vitest/node';

const startsPrograms = /\/workers\/session\/|\/tests\/faults\//;

/**
 * Files that start whole agents, or kill what runs, take longest, and some of them are short: begun last, as their size would have it, they would
 * keep the run waiting with one core idle.
 */
export class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFirst = ({ moduleId }: TestSpecification) => startsPrograms.test(moduleId);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}
