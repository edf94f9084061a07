import { inTurns } from '../../common/in-turns.js';
import { invalidField } from '../../common/problem.js';
import type { ImportCounts } from '../../contracts/bridges/imports.js';
import { MAX_IMPORTED_CHANNELS, MAX_IMPORTED_PEOPLE } from '../../contracts/limits.js';
import type { ArchivedChannel, SlackArchive } from './slack-archive.js';
import { isSaid, peopleIn, rootOf } from './slack-message.js';
import type { ImportedPerson } from '../imports/imported-people.js';
import { slackPersonOf } from './slack-people.js';
import type { SlackMessage } from './slack-shapes.js';
import { slackEmoji } from './slack-emoji.js';

/** What an export holds, read once from end to end. */
export interface Survey {
  channels: ArchivedChannel[];
  people: ImportedPerson[];
  /** Without who is matched and what is here already: those are facts of the cohort. */
  counts: Omit<ImportCounts, 'matched' | 'placeholders' | 'already' | 'fileBytes'>;
}

/** Reads the whole export and counts. `each` is handed every message that is to come in. Throws 422 `/file` `too_large` for more people or channels than are taken. */
export async function survey(
  archive: SlackArchive,
  each: (channel: ArchivedChannel, messages: readonly SlackMessage[]) => Promise<void> = () => Promise.resolve(),
): Promise<Survey> {
  const channels = await archive.channels();
  if (channels.length > MAX_IMPORTED_CHANNELS) throw invalidField('/file', 'too_large');
  const users = new Map((await archive.users()).map((user) => [user.id, user]));
  const needed = new Map<string, SlackMessage['user_profile']>();
  const counts = {
    ...{ channels: channels.length, messages: 0, replies: 0, reactions: 0, files: 0, missingFiles: 0 },
    ...{ notices: 0, unreadable: 0, unknownEmoji: 0, directs: await archive.directCount() },
  };
  for (const channel of channels) {
    for (const member of channel.members ?? []) needed.set(member, needed.get(member));
    if (needed.size > MAX_IMPORTED_PEOPLE) throw invalidField('/file', 'too_large');
    for (const name of channel.days) {
      const { messages, unreadable } = await archive.day(name);
      const said = messages.filter(isSaid);
      counts.unreadable += unreadable;
      counts.notices += messages.length - said.length;
      await inTurns(said, weightOf, (message) => {
        count(counts, message, archive);
        for (const id of peopleIn(message)) needed.set(id, needed.get(id));
        if (message.user && message.user_profile) needed.set(message.user, message.user_profile);
      });
      if (needed.size > MAX_IMPORTED_PEOPLE) throw invalidField('/file', 'too_large');
      await each(channel, said);
    }
  }
  return { channels, counts, people: [...needed].map(([id, seen]) => slackPersonOf(id, users.get(id), seen)) };
}

/** What it takes to look at a message: its words, and a little for one without. */
export const weightOf = ({ text, ts }: SlackMessage): string => text || ts;

function count(counts: Survey['counts'], message: SlackMessage, archive: SlackArchive): void {
  counts.messages += 1;
  if (rootOf(message) !== null) counts.replies += 1;
  for (const { name, users } of message.reactions ?? [])
    counts[slackEmoji(name) ? 'reactions' : 'unknownEmoji'] += users.length;
  for (const file of message.files ?? []) counts[archive.holds(file.id) ? 'files' : 'missingFiles'] += 1;
}
