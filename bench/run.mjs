/** `npm run bench [name ...] [--quick]`: measures the product against a bare reference in the same run (docs/benchmarks.md). */
import { parseArgs } from 'node:util';
import { buildWhatIsStale } from '../scripts/build.mjs';
import { Trouble, say } from '../scripts/services/say.mjs';
import { startThrowawayServices } from '../scripts/services/services.mjs';
import { keepInDocs } from './support/docs.mjs';
import { tableOf } from './support/table.mjs';

const NAMES = [
  'start',
  'slots',
  'booking',
  'registrations',
  'fanout',
  'paced',
  'hostile',
  'texts',
  'markdown',
  'storm',
  'unread',
  'forum',
  'reminders',
  'search',
  'feed',
  'calls',
  'matching',
];
const FULL = { pairs: 12, ms: 1500 };
const QUICK = { pairs: 3, ms: 300 };

async function main() {
  const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean' } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Trouble(`No such bench: ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  const names = positionals.length > 0 ? positionals : NAMES;
  await buildWhatIsStale({ only: 'server' });
  const services = await startThrowawayServices();
  try {
    say(services.mongo.line);
    say(services.redis.line);
    if (services.mongo.engine === 'secantusd-py')
      throw new Trouble(
        'Figures are not taken on the slow Python engine: install mongod, or build a fast one with `npm run db:build`.',
      );
    for (const name of names) {
      say(`\n${name}${values.quick ? ' (quick: proves that it runs, no figures to keep)' : ''} ...`);
      const { default: bench } = await import(`./${name}.mjs`);
      const result = await bench({ services, quick: values.quick ?? false, ...(values.quick ? QUICK : FULL) });
      const table = tableOf(result);
      console.log(table);
      if (!values.quick) keepInDocs(name, table, services.mongo.engine);
      if (result.wrong?.length > 0) throw new Trouble(`${name}: ${result.wrong.join('; ')}`);
    }
  } finally {
    await services.stop();
  }
}

await main().catch((error) => {
  say(error instanceof Trouble ? error.message : error.stack);
  process.exitCode = 1;
});
