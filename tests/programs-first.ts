import { BaseSequencer, type TestSpecification } from 'vitest/node';

const startsPrograms = /\/workers\/session\//;

/**
 * Files that start whole agents take longest, and some of them are a single line: begun last, as their size would have it, they would keep the run
 * waiting with one core idle.
 */
export class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFirst = ({ moduleId }: TestSpecification) => startsPrograms.test(moduleId);
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))];
  }
}
