import { Injectable } from '@nestjs/common';
import { Types } from 'mongoose';
import { createHash } from 'node:crypto';
import { ChannelImporter } from '../../chat/channels/channel-importer.js';
import type { ChannelRow } from '../../chat/channels/channel.schema.js';
import { type ImportedMessage, MessageImporter } from '../../chat/messages/message-importer.js';
import { inTurns } from '../../common/in-turns.js';
import { cutAt } from '../../common/texts/cut.js';
import { Clock } from '../../common/times/clock.js';
import { Problem } from '../../common/problem.js';
import type { ImportCounts } from '../../contracts/bridges/imports.js';
import { FilesService } from '../../files/files.service.js';
import type { FileRow } from '../../files/file.schema.js';
import { idOf } from '../../infra/mongo/ids.js';
import { FoundPeople } from './found-people.js';
import { ExportProcess } from '../imports/export-process.js';
import { ImportedPeople } from '../imports/imported-people.js';
import { lineFrom } from '../imports/imported-texts.js';
import { type ArchivedChannel, SlackArchive, timeOf } from './slack-archive.js';
import { bodyOf, isTombstone, isSaid, peopleIn, programOf, reactionsOf, rootOf } from './slack-message.js';
import { rowsInProcess } from './slack-reading.js';
import type { SlackMessage } from './slack-shapes.js';
import { survey, weightOf } from './slack-survey.js';

const GROUP = 500;
const LONGEST_NAME = 60;
const LONGEST_TOPIC = 200;

/** Told after each group: of all messages of the export, how many are looked at. Throws to stop. */
export type OnProgress = (done: number, of: number) => Promise<void>;

interface Run {
  archive: SlackArchive;
  cohortId: string;
  byId: string | null;
  people: ReadonlyMap<string, Types.ObjectId>;
  channelNames: ReadonlyMap<string, string>;
}

/**
 * Brings an export of Slack into a cohort: channels, threads, reactions, pins, and files whose bytes lie in it. Every message has an id
 * made of where it comes from, so a run that was killed, or a later export, adds what is missing and nothing twice.
 */
@Injectable()
export class SlackImport {
  constructor(
    private readonly people: ImportedPeople,
    private readonly found: FoundPeople,
    private readonly channels: ChannelImporter,
    private readonly messages: MessageImporter,
    private readonly files: FilesService,
    private readonly process: ExportProcess,
    private readonly clock: Clock,
  ) {}

  /** Counts and changes nothing. Throws 422 for what is no export. */
  async check(path: string, cohortId: string): Promise<ImportCounts> {
    return await this.withArchive(path, async (archive) => {
      const known = await this.channels.find((await archive.channels()).map((one) => keyOf(cohortId, one)));
      let already = 0;
      let fileBytes = 0;
      const { counts, people } = await survey(archive, async (channel, said) => {
        const row = known.get(keyOf(cohortId, channel));
        const idOf = (message: SlackMessage) => (row ? messageIdOf(row, message.ts) : null);
        const here = row
          ? await this.messages.known(
              row._id,
              said.flatMap((message) => idOf(message) ?? []),
            )
          : new Set();
        already += here.size;
        for (const message of said) {
          if (here.has(String(idOf(message))) || isTombstone(message)) continue;
          for (const { id } of message.files ?? []) fileBytes += archive.sizeOf(id);
        }
      });
      const matched = (await this.people.matched(cohortId, people)).size;
      return { ...counts, already, fileBytes, matched, placeholders: people.length - matched };
    });
  }

  /** Brings all of it in; `byId` is who asked for it, null for whoever runs the installation. Throws 422 for what is no export, 409
   * `storage_full`, and what `onProgress` throws. */
  async run(
    path: string,
    { cohortId, byId }: { cohortId: string; byId: string | null },
    onProgress: OnProgress,
  ): Promise<void> {
    await this.withArchive(path, async (archive) => {
      const { channels, people, counts } = await survey(archive);
      const run: Run = {
        ...{ archive, cohortId, byId },
        people: await this.people.ensured(cohortId, people),
        channelNames: new Map(channels.map(({ id, name }) => [id, name])),
      };
      let done = 0;
      for (const channel of channels) {
        await this.bring(run, channel, async (looked) => {
          done += looked;
          await onProgress(done, counts.messages);
        });
      }
      await this.channels.letIn(cohortId);
      // Who came in while their words were brought in.
      await this.found.look(cohortId, [...(await this.people.matched(cohortId, people)).values()]);
    });
  }

  private async bring(run: Run, channel: ArchivedChannel, looked: (count: number) => Promise<void>): Promise<void> {
    const row = await this.channels.make({
      key: keyOf(run.cohortId, channel),
      cohortId: idOf(run.cohortId),
      name: lineFrom(channel.name, LONGEST_NAME) || channel.id,
      topic: cutAt(lineFrom(channel.topic?.value || channel.purpose?.value || '', 2 * LONGEST_TOPIC), LONGEST_TOPIC),
      isOpen: !channel.isPrivate,
      createdBy: run.byId === null ? null : idOf(run.byId),
    });
    const pins = new Set((channel.pins ?? []).flatMap(({ id }) => id ?? []));
    const writers = new Map<string, Types.ObjectId>();
    let group: SlackMessage[] = [];
    const flush = async () => {
      for (const message of group) for (const id of this.peopleOf(run, message)) writers.set(String(id), id);
      await this.write(run, row, group, pins);
      await looked(group.length);
      group = [];
    };
    for (const day of channel.days) {
      for (const message of (await run.archive.day(day)).messages.filter(isSaid)) {
        group.push(message);
        if (group.length === GROUP) await flush();
      }
    }
    if (group.length > 0) await flush();
    const memberIds = (channel.members ?? []).flatMap((id) => run.people.get(id) ?? []);
    await this.channels.open(row, {
      memberIds,
      guestIds: [...writers.values()],
      archived: channel.is_archived ?? false,
    });
  }

  private peopleOf({ people }: Run, message: SlackMessage): Types.ObjectId[] {
    return peopleIn(message).flatMap((id) => people.get(id) ?? []);
  }

  private async write(
    run: Run,
    row: ChannelRow,
    group: readonly SlackMessage[],
    pins: ReadonlySet<string>,
  ): Promise<void> {
    const known = await this.messages.known(
      row._id,
      group.map(({ ts }) => messageIdOf(row, ts)),
    );
    const fresh = new Map(group.map((message) => [String(messageIdOf(row, message.ts)), message]));
    for (const id of known) fresh.delete(id);
    const taken: FileRow[] = [];
    try {
      const imported = await inTurns([...fresh.values()], weightOf, (message) =>
        this.imported(run, row, message, pins.has(message.ts), taken),
      );
      await this.messages.write(row._id, imported);
    } catch (error) {
      // They come again with their messages: until then they shall take no room.
      await this.files.giveUp(taken);
      throw error;
    }
  }

  private async imported(
    run: Run,
    row: ChannelRow,
    message: SlackMessage,
    pinned: boolean,
    taken: FileRow[],
  ): Promise<ImportedMessage> {
    const program = programOf(message);
    const senderId =
      (program === null && message.user ? run.people.get(message.user) : undefined) ??
      idFrom(`slack:${program ?? message.bot_id ?? 'Slack'}`);
    const files = isTombstone(message) ? [] : await this.filesOf(run, message, senderId, taken);
    const missing = (message.files ?? []).filter(({ id }) => !files.some((file) => file.slackId === id));
    const root = rootOf(message);
    return {
      id: messageIdOf(row, message.ts),
      senderId,
      bot: program !== null || !message.user ? { name: lineFrom(program ?? '', LONGEST_NAME) || 'Slack' } : null,
      body: bodyOf(message, (id) => nameOf(run, id), isTombstone(message) ? [] : missing),
      createdAt: this.past(message.ts),
      editedAt: message.edited?.ts ? this.past(message.edited.ts) : null,
      deleted: isTombstone(message),
      pinned: pinned && !isTombstone(message),
      threadId: root === null ? null : messageIdOf(row, root),
      reactions: isTombstone(message) ? [] : reactionsOf(message, (id) => run.people.get(id)).reactions,
      files: files.map(({ row: file }) => file),
    };
  }

  /**
   * A file that is refused (an image that is none) stays outside, and is named in the text like one that did not come along. Where the cohort has no room left all
   * stops: the message can come with its files later. What came is added to `all`. Throws 409 `storage_full`.
   */
  private async filesOf({ archive, cohortId }: Run, message: SlackMessage, ownerId: Types.ObjectId, all: FileRow[]) {
    const whose = { ownerId, cohortId: idOf(cohortId), imported: true };
    const taken: { slackId: string; row: FileRow }[] = [];
    for (const { id, name, title } of message.files ?? []) {
      const row = await archive
        .withFile(id, (path, size) => this.files.takeIn(whose, { path, size, name: name || title || 'file' }))
        .catch((error: unknown) => {
          if (error instanceof Problem && error.code !== 'storage_full') return null;
          throw error;
        });
      if (!row) continue;
      taken.push({ slackId: id, row });
      all.push(row);
    }
    return taken;
  }

  /** What is said of a time: nothing was written in days that are to come, where it would stay the latest for ever. */
  private readonly past = (ts: string) => new Date(Math.min(timeOf(ts), this.clock.now().getTime()));

  private async withArchive<T>(path: string, use: (archive: SlackArchive) => Promise<T>): Promise<T> {
    const archive = await SlackArchive.open(path, rowsInProcess(this.process));
    try {
      return await use(archive);
    } finally {
      archive.close();
    }
  }
}

const keyOf = (cohortId: string, { id }: Pick<ArchivedChannel, 'id'>) => `slack:${cohortId}:${id}`;

const messageIdOf = (channel: Pick<ChannelRow, '_id'>, ts: string) => idFrom(`${String(channel._id)}:${ts}`);

/** The same id for the same words. */
const idFrom = (words: string) => new Types.ObjectId(createHash('sha256').update(words).digest().subarray(0, 12));

function nameOf({ people, channelNames }: Run, id: string): string | undefined {
  const person = people.get(id);
  if (person) return `<@${String(person)}>`;
  const channel = channelNames.get(id);
  return channel && `#${channel}`;
}
