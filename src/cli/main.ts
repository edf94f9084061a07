import 'reflect-metadata';
import { program } from 'commander';
import { actOnAccount } from './accounts.js';
import { makeAdmin } from './admin.js';
import { importSlack } from './import.js';
import { migrate } from './migrate.js';
import { writeOpenApi } from './openapi.js';
import { seed } from './seed.js';
import { simulate } from './simulate.js';

program.name('cordee').description('Tasks of the installation.');
program.command('migrate').description('bring the database to this version').action(migrate);
program
  .command('seed')
  .description('fill an empty database with the demo')
  .option('--check', 'only say `empty` or `present`')
  .option('--reset', 'throw away what the database holds, then fill it')
  .action(seed);
program
  .command('openapi')
  .description('write docs/openapi.json')
  .option('--check', 'fail when it is stale')
  .action(writeOpenApi);
program
  .command('import')
  .description('bring a chat along from elsewhere')
  .command('slack <export.zip>')
  .description('an export of Slack into a cohort')
  .requiredOption('--cohort <id>', 'the id of the cohort')
  .option('--dry-run', 'only count what would come')
  .action(importSlack);
program
  .command('simulate')
  .description(
    'live through the residency of a cohort on a moved clock, in a copy, and report what would be sent; nobody is sent anything',
  )
  .requiredOption('--cohort <id>', 'the id of the cohort')
  .option('--mails <folder>', 'keep every mail there, a folder a person')
  .action(simulate);
program
  .command('admin <email>')
  .description('make a person an admin and print a link to set a password')
  .option('--locale <locale>', 'the language of their pages and mails, en or fr; of a new account as the shell speaks')
  .option('--name <name>', 'what they are called; without it the page that sets the password asks')
  .action(makeAdmin);
const account = program.command('account').description('close and open accounts, as admins do on their page');
account
  .command('deactivate <email>')
  .description('close an account: its person cannot sign in and is out of all cohorts, until it is opened again')
  .option('--reason <reason>', 'why, as its person reads it where they sign in')
  .action((email: string, { reason }: { reason?: string }) => actOnAccount(email, { act: 'deactivate', reason }));
account
  .command('reactivate <email>')
  .description('open an account again, with its cohorts')
  .action((email: string) => actOnAccount(email, { act: 'reactivate' }));
account
  .command('demote <email>')
  .description('take the right over the installation from an admin; one has to stay')
  .action((email: string) => actOnAccount(email, { act: 'demote' }));
account
  .command('exclude <email>')
  .description('take somebody out of a cohort, a closed one too')
  .requiredOption('--cohort <id>', 'the id of the cohort')
  .action((email: string, { cohort }: { cohort: string }) => actOnAccount(email, { act: 'exclude', cohort }));

// A task that failed half way may hold connections open: leave, do not wait for them.
await program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
