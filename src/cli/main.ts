import 'reflect-metadata';
import { program } from 'commander';
import { makeAdmin } from './admin.js';
import { migrate } from './migrate.js';
import { writeOpenApi } from './openapi.js';

program.name('cordee').description('Tasks of the installation.');
program.command('migrate').description('bring the database to this version').action(migrate);
program
  .command('openapi')
  .description('write docs/openapi.json')
  .option('--check', 'fail when it is stale')
  .action(writeOpenApi);
program
  .command('admin <email>')
  .description('make a person an admin and print a link to set a password')
  .action(makeAdmin);

await program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
