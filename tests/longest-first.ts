import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that start whole agents; those with sandboxes and chats; whole installations, by when the web app is built beside the others. */
const longest = [/^workers\/session\//, /^(?:workers|tests\/(?!faults|e2e))/, /^tests\//];

/** What takes long comes first, the short rest last: vitest itself goes by the size of a file, and keeps the run waiting for the last with one core idle. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const kinds = sorted.map(({ moduleId }) => longest.findIndex((kind) => kind.test(relative(this.ctx.config.root, moduleId))));
    return [0, 1, 2, -1].flatMap((kind) => sorted.filter((_, index) => kinds[index] === kind));
  }
}
