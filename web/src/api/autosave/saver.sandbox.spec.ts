import { jest } from '@jest/globals';
import { Problem } from '../problem';
import type { Kept, Takes, Written } from './draft';
import { type Ports, Saver } from './saver';

interface File extends Written {
  state: 'draft' | 'submitted';
}
const takes: Takes<File> = (_, key) => key === 'name';

/** A server that takes what comes, and what of it was asked. */
class Server {
  file: File = { ...{ revision: 0, answers: {}, revisions: {} }, state: 'draft', abilities: { edit: true } };
  asked: string[] = [];
  kept: Kept = {};
  refuses: Problem | null = null;
  private waiting: (() => void)[] = [];
  private isSlow = false;

  readonly ports: Ports<File> = {
    save: async ({ revision, answers }) => {
      this.asked.push(`save ${revision} ${JSON.stringify(answers)}`);
      if (this.isSlow) await new Promise<void>((resolve) => this.waiting.push(resolve));
      if (this.refuses) throw this.refuses;
      const next = this.file.revision + 1;
      const revisions = { ...this.file.revisions, name: next };
      this.file = { ...this.file, revision: next, answers: answers as File['answers'], revisions };
      return { server: this.file, conflicts: [] };
    },
    load: async () => {
      this.asked.push('load');
      return await Promise.resolve(this.file);
    },
    submit: async (revision) => {
      this.asked.push(`submit ${revision}`);
      if (this.refuses) throw this.refuses;
      return await Promise.resolve({ ...this.file, state: 'submitted' as const });
    },
    keep: (kept) => void (this.kept = kept),
  };

  slow(): () => void {
    this.isSlow = true;
    return () => {
      this.isSlow = false;
      this.waiting.splice(0).forEach((go) => go());
    };
  }

  close(): void {
    this.refuses = new Problem(409, 'call_closed');
    this.file = { ...this.file, abilities: { edit: false } };
  }
}

let server: Server;
let saver: Saver<File>;
const wait = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const saving = () => saver.shown.get().saving;

beforeEach(() => {
  jest.useFakeTimers();
  server = new Server();
  saver = new Saver(server.file, takes, {}, server.ports);
});
afterEach(() => jest.useRealTimers());

it('given keys that follow one another, then they go once the typing rests, and in between where it never does', async () => {
  saver.type('name', 'Z');
  expect(saving()).toBe('waiting');
  await wait(500);
  saver.type('name', 'Zo');
  await wait(500);
  expect(server.asked).toEqual([]);
  await wait(300);
  expect(server.asked).toEqual(['save 0 {"name":"Zo"}']);
  expect(saving()).toBe('saved');
  expect(server.kept).toEqual({});
  for (let key = 0; key < 12; key += 1) {
    saver.type('name', `Zoé ${key}`);
    await wait(500);
  }
  expect(server.asked.length).toBeGreaterThan(1);
});

it('given a slow network, then one request is under way, and what was typed meanwhile goes with the next', async () => {
  const go = server.slow();
  saver.type('name', 'Z');
  await wait(800);
  expect(saving()).toBe('saving');
  saver.type('name', 'Zoé');
  await wait(10_000);
  expect(server.asked).toHaveLength(1);
  expect(server.kept).toMatchObject({ name: { value: 'Zoé', sent: ['Z'] } });
  go();
  await wait(800);
  expect(server.asked).toEqual(['save 0 {"name":"Z"}', 'save 1 {"name":"Zoé"}']);
  expect(saving()).toBe('saved');
});

it('given no network, then it is kept, said, and tried again by itself, and at once when the network is back', async () => {
  server.refuses = new Problem(0, 'offline');
  saver.type('name', 'Zoé');
  await wait(800);
  expect(saving()).toBe('failing');
  await wait(2_000);
  expect(server.asked).toHaveLength(2);
  await wait(4_000);
  expect(server.asked).toHaveLength(3);
  saver.type('name', 'Zoé P');
  expect(saving()).toBe('failing');
  expect(server.kept).toMatchObject({ name: { value: 'Zoé P', sent: ['Zoé'] } });
  server.refuses = null;
  await saver.look();
  expect(server.asked.at(-1)).toBe('save 0 {"name":"Zoé P"}');
  expect(saving()).toBe('saved');
  expect(server.kept).toEqual({});
});

it('given what an earlier page could not save, then it goes as soon as the file is open', async () => {
  saver = new Saver(server.file, takes, { name: { value: 'Kept', base: 0, sent: [] } }, server.ports);
  await wait(0);
  expect(server.asked).toEqual(['save 0 {"name":"Kept"}']);
});

it('given it is handed in, then what is unsaved goes before, and it counts as it was shown', async () => {
  saver.type('name', 'Zoé');
  await saver.submit();
  expect(server.asked).toEqual(['save 0 {"name":"Zoé"}', 'submit 1']);
  expect(saver.shown.get().draft.server.state).toBe('submitted');
});

it('given it cannot be saved, then it is not handed in', async () => {
  server.refuses = new Problem(0, 'offline');
  saver.type('name', 'Zoé');
  await expect(saver.submit()).rejects.toMatchObject({ code: 'offline' });
  expect(server.asked).toEqual(['save 0 {"name":"Zoé"}']);
});

it('given it was changed elsewhere, then handing in shows how it stands now, and says so', async () => {
  server.file = { ...server.file, revision: 3, answers: { name: 'Other' } };
  server.refuses = new Problem(409, 'edited_meanwhile');
  await expect(saver.submit()).rejects.toMatchObject({ code: 'edited_meanwhile' });
  expect(saver.shown.get().draft.server.answers).toEqual({ name: 'Other' });
});

it('given the call closes, then nothing is tried any more, and what was typed stays', async () => {
  saver.type('name', 'Zoé');
  server.close();
  await wait(800);
  expect(server.asked).toEqual(['save 0 {"name":"Zoé"}', 'load']);
  expect(saving()).toBe('stopped');
  await wait(60_000);
  expect(server.asked).toHaveLength(2);
  expect(server.kept).toMatchObject({ name: { value: 'Zoé' } });
});

it('given the file is gone, then so says the page', async () => {
  server.ports.load = () => Promise.reject(new Problem(404, 'not_found'));
  await saver.look();
  expect(saver.shown.get().isGone).toBe(true);
});

it('given the page is left, then what is unsaved goes', async () => {
  saver.type('name', 'Zoé');
  saver.end();
  await wait(0);
  expect(server.asked).toEqual(['save 0 {"name":"Zoé"}']);
});
