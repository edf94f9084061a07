import { MailTurns, NoTurn } from './mail-turns.js';

const atOnce = () => Promise.resolve(0);
/** Work that lasts until it is told to end. */
function held() {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { work: () => done, end };
}

describe('turns at the mail server', () => {
  it('given more than may at a time, then the others go in order when one is done', async () => {
    const turns = new MailTurns(2, atOnce, 1000);
    const went: number[] = [];
    const works = [held(), held(), held(), held()];
    const all = works.map(({ work }, index) =>
      turns.take(async () => {
        went.push(index);
        await work();
      }),
    );
    await new Promise(setImmediate);
    expect(went).toEqual([0, 1]);
    works[1]!.end();
    await all[1];
    await new Promise(setImmediate);
    expect(went).toEqual([0, 1, 2]);
    works.forEach(({ end }) => end());
    await Promise.all(all);
    expect(went).toEqual([0, 1, 2, 3]);
  });

  it('given a failure, then its place is free again', async () => {
    const turns = new MailTurns(1, atOnce, 1000);
    await expect(turns.take(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    await expect(turns.take(() => Promise.resolve('went'))).resolves.toBe('went');
  });

  it('given that nobody is done in time, then who waits is sent away, and the line goes on', async () => {
    const turns = new MailTurns(1, atOnce, 20);
    const { work, end } = held();
    const first = turns.take(work);
    const refused = turns.take(() => Promise.resolve('never'));
    await expect(refused).rejects.toBeInstanceOf(NoTurn);
    end();
    await first;
    await expect(turns.take(() => Promise.resolve('went'))).resolves.toBe('went');
  });

  it('given a pace, then it is asked again after the time it says, and a longer one than anybody waits ends it at once', async () => {
    const acts: unknown[] = [];
    const { setTimeout: later } = globalThis;
    const timers = jest.spyOn(globalThis, 'setTimeout').mockImplementation(((go: () => void, ms: number) => {
      acts.push(ms);
      return later(go, 0);
    }) as typeof setTimeout);
    const waits = [15, 25, 0];
    const pace = () => {
      acts.push('asked');
      return Promise.resolve(waits.shift() ?? 0);
    };
    await new MailTurns(1, pace, 60_000).take(() => Promise.resolve(acts.push('went')));
    timers.mockRestore();
    expect(acts).toEqual(['asked', 15, 'asked', 25, 'asked', 'went']);
    const slow = new MailTurns(1, () => Promise.resolve(5000), 1000);
    await expect(slow.take(() => Promise.resolve())).rejects.toMatchObject({ isAtStop: false });
  });

  it('given that the process stops, then who hands over finishes and all who wait are sent away', async () => {
    let wait = 0;
    const turns = new MailTurns(2, () => Promise.resolve(wait), 60_000);
    const { work, end } = held();
    const first = turns.take(async () => {
      await work();
      return 'finished';
    });
    await new Promise(setImmediate);
    wait = 30_000;
    const paused = turns.take(() => Promise.resolve('never'));
    const inLine = turns.take(() => Promise.resolve('never'));
    const both = Promise.allSettled([paused, inLine]);
    await new Promise(setImmediate);
    turns.close();
    const sentAway = await both;
    expect(sentAway.map((one) => one.status === 'rejected' && (one.reason as NoTurn).isAtStop)).toEqual([true, true]);
    await expect(turns.take(() => Promise.resolve())).rejects.toBeInstanceOf(NoTurn);
    end();
    await expect(first).resolves.toBe('finished');
  });
});
