import { basename } from 'node:path';
import { access } from 'node:fs/promises';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { SlackImport } from '../bridges/slack/slack-import.js';
import { Problem } from '../common/problem.js';
import { StorageService } from '../files/storage/storage.service.js';
import { MB, fits } from '../files/storage/storage-rule.js';
import type { ImportCounts } from '../contracts/bridges/imports.js';
import { toId } from '../infra/mongo/ids.js';
import { withApp } from './context.js';
import { Progress } from './demo/progress.js';

/** Brings an export of Slack into a cohort; with `dryRun` it only says what would come. May be run again: nothing comes twice. */
export async function importSlack(
  path: string,
  { cohort, dryRun }: { cohort: string; dryRun?: boolean },
): Promise<void> {
  await access(path).catch(() => {
    throw new Error(`There is no file ${path}.`);
  });
  await withApp(async (app) => {
    const id = toId(cohort);
    const row = id && (await app.get(CohortsRepository).byId(id));
    if (!row) throw new Error(`There is no cohort ${cohort}: its id is in the address of its pages, /c/<id>/...`);
    if (row.state === 'closed') throw new Error(`${row.name} is closed.`);
    const slack = app.get(SlackImport);
    try {
      const counts = await slack.check(path, cohort);
      console.log(`${basename(path)} -> ${row.name}\n${told(counts)}`);
      const room = { ...(await app.get(StorageService).wholeOf(cohort)), size: counts.fileBytes };
      console.log(`  Files need ${inMb(room.size)}; the cohort has ${inMb(Math.max(0, room.limit - room.used))} left.`);
      if (dryRun) {
        console.log('Nothing was changed.');
        return;
      }
      if (room.size > 0 && !fits(room))
        throw new Error(`${row.name} has too little room for its files: an admin can give it more in its settings.`);
      const progress = new Progress(process.stdout);
      await slack.run(path, { cohortId: cohort, byId: null }, (done, of) => {
        progress.step('messages', done, of);
        return Promise.resolve();
      });
      progress.finish();
    } catch (error) {
      throw error instanceof Problem ? new Error(WHY[error.more.errors?.[0]?.code ?? ''] ?? error.detail) : error;
    }
  });
}

const inMb = (bytes: number) => `${Math.ceil(bytes / MB)} MB`;

const WHY: Record<string, string> = {
  not_a_zip: 'This is no zip file, or it is damaged.',
  not_a_slack_export: 'This is no export of Slack: users.json and channels.json are missing or cannot be read.',
  too_large: 'It is too large: 100,000 files, and 16 MB for a day of a channel, are the most.',
};

function told(counts: ImportCounts): string {
  const lines: [number, string][] = [
    [counts.channels, 'channels'],
    [counts.messages, `messages, ${counts.replies} of them replies (${counts.already} are here already)`],
    [counts.reactions, 'reactions'],
    [counts.files, `files (of ${counts.missingFiles} more only the name is known)`],
    [
      counts.matched,
      `people of the cohort, found by their mail address; for ${counts.placeholders} more a placeholder`,
    ],
  ];
  const { notices, directs, unknownEmoji, unreadable } = counts;
  return [
    ...lines.map(([count, words]) => `  ${String(count).padStart(8)} ${words}`),
    `  Left out: ${notices} notices, ${directs} conversations between people, ${unknownEmoji} reactions with emoji of that workspace, ` +
      `${unreadable} unreadable entries.`,
  ].join('\n');
}
