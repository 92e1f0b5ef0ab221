import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '#bin/services/postgres.ts';
import { bringTools, testToolsFolder } from '#bin/services/tools.ts';
import { migrate } from '#lib/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the run's PostgreSQL. */
    postgresUrl: string;
    templateDatabase: string;
    toolsFolder: string;
  }
}

const templateDatabase = 'choir_template';

/** One PostgreSQL for the whole run, with a migrated template from which each test file takes its database. */
export default async function setup(project: TestProject) {
  const toolsFolder = testToolsFolder();
  await bringTools({ tools: toolsFolder, nats: true, report: (line) => console.log(line) });
  const folder = await mkdtemp(join(tmpdir(), 'choir-tests-'));
  const server = await startPostgres({ folder, durable: false, connections: 300 });
  const template = new URL(server.url);
  template.pathname = templateDatabase;
  const admin = postgres(server.url, { max: 1 });
  await admin`create database ${admin(templateDatabase)}`;
  await admin.end();
  await migrate(template.href);
  project.provide('postgresUrl', server.url);
  project.provide('templateDatabase', templateDatabase);
  project.provide('toolsFolder', toolsFolder);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
