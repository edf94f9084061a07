import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { LINE_TIME, MailLines } from './mail-lines.js';

const RELAY = '10.0.0.5';

function aLine(lines: MailLines, remoteAddress: string, remotePort = 0) {
  const line = Object.assign(new EventEmitter(), { remoteAddress, remotePort, destroy: () => line.emit('close') });
  lines.watch(line as unknown as Socket);
  return line;
}

describe('the lines of one network', () => {
  it('given the eleventh, then it is too many, until another one closes; elsewhere nobody is kept out', () => {
    const lines = new MailLines([RELAY]);
    const open = Array.from({ length: 10 }, () => aLine(lines, '192.0.2.7'));
    expect(lines.areTooMany('192.0.2.7')).toBe(false);
    const last = aLine(lines, '::ffff:192.0.2.7');
    expect(lines.areTooMany('192.0.2.7')).toBe(true);
    expect(lines.areTooMany('192.0.2.8')).toBe(false);
    open[0]!.destroy();
    last.destroy();
    aLine(lines, '192.0.2.7');
    expect(lines.areTooMany('192.0.2.7')).toBe(false);
  });

  it('given all addresses of a /64, then they are one network', () => {
    const lines = new MailLines([]);
    for (let host = 1; host <= 11; host += 1) aLine(lines, `2001:db8::${host}`);
    expect(lines.areTooMany('2001:db8::ffff')).toBe(true);
  });

  it('given many /64 of one site, then the site has four times as many; and all strangers leave lines for our mail server', () => {
    const lines = new MailLines([RELAY]);
    for (let net = 0; net < 5; net += 1)
      for (let host = 1; host <= 8; host += 1) aLine(lines, `2001:db8:1:${net}::${host}`);
    expect(lines.areTooMany('2001:db8:1:9::1')).toBe(false);
    aLine(lines, '2001:db8:1:9::1');
    expect(lines.areTooMany('2001:db8:1:9::1')).toBe(true);
    expect(lines.areTooMany('2001:db8:2::1')).toBe(false);
    for (let host = 1; host <= 40; host += 1) aLine(lines, `192.0.2.${host}`);
    expect([lines.areTooMany('198.51.100.7'), lines.areTooMany(RELAY)]).toEqual([true, false]);
  });

  it('given who guesses addresses, then their line has some refusals; our own mail server, which passes on what others guess, has no end', () => {
    const lines = new MailLines([RELAY]);
    const [stranger, relay] = [{ remoteAddress: '192.0.2.7' }, { remoteAddress: RELAY }];
    const asked = (session: { remoteAddress: string }) =>
      Array.from({ length: 4 }, () => lines.refusedBeyond(session, 3));
    expect([asked(stranger), asked(relay)]).toEqual([
      [false, false, false, true],
      [false, false, false, false],
    ]);
  });

  it('given a line that is cut, then it ends, and no other', () => {
    const lines = new MailLines([]);
    const [one, other] = [aLine(lines, '192.0.2.7', 4001), aLine(lines, '192.0.2.7', 4002)];
    const ended: unknown[] = [];
    for (const line of [one, other]) line.once('close', () => ended.push(line));
    lines.cut('::ffff:192.0.2.7', 4001);
    lines.cut('192.0.2.7', 4003);
    lines.cut('192.0.2.8', 4002);
    expect(ended).toEqual([one]);
  });

  it.each([RELAY, '127.0.0.1', '::1'])(
    'given our own mail server at %s, then it has as many as there are',
    (address) => {
      const lines = new MailLines([RELAY]);
      for (let line = 0; line < 30; line += 1) aLine(lines, address);
      expect(lines.areTooMany(address)).toBe(false);
    },
  );

  it('given a line on which something is said again and again, then it ends all the same', async () => {
    const before = LINE_TIME.ms;
    LINE_TIME.ms = 20;
    const line = aLine(new MailLines([]), '192.0.2.7');
    const ended = new Promise((resolve) => line.once('close', resolve));
    LINE_TIME.ms = before;
    await ended;
  });
});
