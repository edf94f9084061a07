import fc from 'fast-check';
import type { Message, Messages, SyncReply } from '../../../../src/contracts/chat/chat';
import {
  apply,
  applySync,
  foresee,
  hasGap,
  learn,
  opened,
  repliesOf,
  shown,
  withNewer,
  withOlder,
  withThread,
} from './store';
import type { ChannelState } from './store';

const PAGE = 5;
const FAR = 12;

/** A channel as the server keeps it, small: every act takes the next rev and tells the whole message. */
class Server {
  rev = 0;
  readonly rows = new Map<string, Message>();

  act(kind: 'send' | 'reply' | 'edit' | 'delete' | 'react', pick: number): Message[] {
    const all = [...this.rows.values()];
    const target = all[pick % Math.max(all.length, 1)];
    if (kind === 'send' || !target) return [this.write(null)];
    if (kind === 'reply') {
      const root = target.threadId ? this.rows.get(target.threadId)! : target;
      const reply = this.write(root.id);
      return [reply, this.change(root, { replies: root.replies + 1, lastReplyAt: reply.createdAt })];
    }
    if (kind === 'edit') return [this.change(target, { body: `edited ${this.rev}` })];
    if (kind === 'delete') return [this.change(target, { body: '', deletedAt: 'now' })];
    return [this.change(target, { reactions: [{ emoji: '👍', userIds: [`u${this.rev}`] }] })];
  }

  page(query: { before?: number; after?: number } = {}, threadId: string | null = null): Messages {
    const rows = [...this.rows.values()].filter((row) => row.threadId === threadId).sort((a, b) => a.seq - b.seq);
    const { before, after } = query;
    const items =
      after === undefined
        ? rows.filter((row) => row.seq < (before ?? Infinity)).slice(threadId ? 0 : -PAGE)
        : rows.filter((row) => row.seq > after).slice(0, PAGE);
    const [first, last] = [items.at(0)?.seq ?? before ?? 1, items.at(-1)?.seq ?? this.rev];
    return {
      items,
      rev: this.rev,
      readSeq: 0,
      hasBefore: rows.some((row) => row.seq < first),
      hasAfter: rows.some((row) => row.seq > last),
      nextCursor: null,
    };
  }

  sync(rev: number): SyncReply['channels'][string] {
    const rest = { readSeq: 0, unread: 0, mentions: 0 };
    if (this.rev - rev > FAR) return { messages: this.page().items, rev: this.rev, more: false, reset: true, ...rest };
    const rows = [...this.rows.values()].filter((row) => row.rev > rev).sort((a, b) => a.rev - b.rev);
    const messages = rows.slice(0, PAGE);
    const more = rows.length > PAGE;
    return { messages, rev: more ? messages.at(-1)!.rev : this.rev, more, ...rest };
  }

  private write(threadId: string | null): Message {
    this.rev += 1;
    const row: Message = {
      id: `m${this.rev}`,
      channelId: 'c',
      seq: this.rev,
      rev: this.rev,
      clientId: `client-${this.rev}`,
      senderId: 'ines',
      body: `body ${this.rev}`,
      attachments: [],
      mentions: [],
      mentionsAll: false,
      threadId,
      replies: 0,
      lastReplyAt: null,
      reactions: [],
      topicId: null,
      note: null,
      createdAt: '2026-10-13T09:45:00.000Z',
      bot: null,
      imported: false,
      pinnedAt: null,
      resolvedAt: null,
      previews: [],
      editedAt: null,
      deletedAt: null,
    };
    this.rows.set(row.id, row);
    return row;
  }

  private change(row: Message, change: Partial<Message>): Message {
    this.rev += 1;
    const next = { ...row, ...change, rev: this.rev };
    this.rows.set(row.id, next);
    return next;
  }
}

function syncAll(state: ChannelState, server: Server): ChannelState {
  let next = state;
  for (let more = true; more;) {
    const reply = server.sync(next.rev);
    next = applySync(next, reply);
    more = reply.more;
  }
  return next;
}

/** All of the channel, from the live end to its beginning. */
function fetchAll(state: ChannelState, server: Server): ChannelState {
  let next = state;
  while (next.to !== Infinity) next = withNewer(next, server.page({ after: next.to }));
  while (next.hasBefore) next = withOlder(next, server.page({ before: shown(next)[0]?.seq ?? next.from }));
  return next;
}

const acts = fc.tuple(fc.constantFrom('send', 'send', 'reply', 'edit', 'delete', 'react' as const), fc.nat(1000));
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('act' as const),
        act: acts,
        fate: fc.constantFrom('told', 'told', 'lost', 'twice', 'late'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('sync', 'older', 'newer', 'thread', 'late' as const),
        pick: fc.nat(50),
      }),
    },
  ),
  { maxLength: 80 },
);

describe('what a browser holds of a channel', () => {
  it('given any schedule of acts, told, lost, doubled or late, then after a sync it is what a fresh fetch gives', () => {
    fc.assert(
      fc.property(fc.nat(30), steps, (before, schedule) => {
        const server = new Server();
        for (let index = 0; index < before; index += 1) server.act(index % 4 === 3 ? 'reply' : 'send', index);
        let state = opened(server.page());
        const late: Message[] = [];
        for (const step of schedule) {
          if (step.do === 'act') {
            for (const message of server.act(step.act[0], step.act[1])) {
              if (step.fate === 'late') late.unshift(message);
              else if (step.fate !== 'lost') state = apply(state, message);
              if (step.fate === 'twice') state = apply(state, message);
            }
          } else if (step.do === 'sync') state = syncAll(state, server);
          else if (step.do === 'older' && state.hasBefore)
            state = withOlder(state, server.page({ before: shown(state)[0]?.seq ?? state.from }));
          else if (step.do === 'newer' && state.to !== Infinity)
            state = withNewer(state, server.page({ after: state.to }));
          else if (step.do === 'late') for (const message of late.splice(0)) state = apply(state, message);
          else {
            const root = shown(state)[step.pick];
            if (root) state = withThread(state, root.id, server.page({}, root.id));
          }
        }
        for (const message of late) state = apply(state, message);
        state = syncAll(state, server);
        expect(hasGap(state)).toBe(false);
        expect(state.rev).toBe(server.rev);
        const all = [...server.rows.values()].sort((a, b) => a.seq - b.seq);
        const inWindow = all.filter((row) => row.threadId === null && row.seq >= state.from && row.seq <= state.to);
        expect(shown(state)).toEqual(inWindow);
        for (const rootId of state.threads)
          expect(repliesOf(state, rootId)).toEqual(all.filter((row) => row.threadId === rootId));
        expect(shown(fetchAll(state, server))).toEqual(all.filter((row) => row.threadId === null));
      }),
      { numRuns: 500 },
    );
  });

  it('given each kind of event, then the state after it is what a fresh fetch gives', () => {
    for (const kind of ['send', 'reply', 'edit', 'delete', 'react'] as const) {
      const server = new Server();
      for (let index = 0; index < 4; index += 1) server.act('send', 0);
      let state = opened(server.page());
      for (const message of server.act(kind, 2)) state = apply(state, message);
      const fresh = opened(server.page());
      expect(shown(state).slice(-PAGE)).toEqual(shown(fresh));
      expect(state.rev).toBe(fresh.rev);
    }
  });

  it('given a later event first, then it is shown, and the gap is known until the missing one comes', () => {
    const server = new Server();
    let state = opened(server.page());
    const [first] = server.act('send', 0);
    const [second] = server.act('send', 0);
    state = apply(state, second!);
    expect([hasGap(state), state.rev]).toEqual([true, 0]);
    state = apply(state, first!);
    expect([hasGap(state), state.rev]).toEqual([false, 2]);
    expect(shown(state)).toEqual([first, second]);
  });

  it('given another piece in the place of what is shown, then it says so, and growing is not that', () => {
    const server = new Server();
    for (let index = 0; index < 2 * FAR; index += 1) server.act('send', 0);
    const first = opened(server.page());
    expect(withOlder(first, server.page({ before: first.from })).piece).toBe(0);
    expect(opened(server.page({ after: 0 }), first).piece).toBe(1);
    expect(applySync({ ...first, rev: 0 }, server.sync(0)).piece).toBe(1);
  });

  it('given what I foresee, then the server’s answer wins, and the same state for what is known', () => {
    const server = new Server();
    const [message] = server.act('send', 0);
    const state = opened(server.page());
    const foreseen = foresee(state, { ...message!, reactions: [{ emoji: '🎉', userIds: ['me'] }] });
    expect(shown(foreseen)[0]!.reactions).toHaveLength(1);
    const [answer] = server.act('edit', 0);
    expect(shown(learn(foreseen, [answer!]))).toEqual([answer]);
    expect(learn(state, [message!])).toBe(state);
    expect(apply(state, message!)).toBe(state);
  });
});
