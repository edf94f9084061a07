import { type Config } from '../../config/config.js';
import { NoThread, type Threads } from '../threads/threads.js';
import type { MailDns } from './mail-dns.js';
import { MailReader } from './mail-reader.js';

const RELAY = '10.0.0.5';

/** A reader whose threads are busy until they are let go; how many are. */
function aReader() {
  const ends: (() => void)[] = [];
  const run = () => new Promise((resolve) => ends.push(() => resolve({ later: false })));
  const reader = new MailReader(
    { MAIL_IN_RELAYS: [RELAY] } as unknown as Config,
    { run } as unknown as Threads,
    {} as MailDns,
  );
  const prove = async (ip: string) => await reader.proof(Buffer.from(''), 'a@b.test', { ip, helo: '', sender: '' });
  return { prove, ends };
}

describe('proofs of mails', () => {
  it('given two of one network under way, then a third has to come again, also from another address of a /64; others have their turn', async () => {
    const { prove, ends } = aReader();
    const running = [prove('2001:db8::1'), prove('2001:db8::2')];
    await expect(prove('2001:db8::3')).rejects.toThrow(NoThread);
    running.push(prove('192.0.2.7'));
    expect(ends).toHaveLength(3);
    ends.forEach((end) => end());
    await Promise.all(running);
    const again = prove('2001:db8::3');
    ends.at(-1)!();
    await again;
  });

  it.each([RELAY, '127.0.0.1'])('given our own mail server at %s, then it speaks for everybody', async (ip) => {
    const { prove, ends } = aReader();
    const running = Array.from({ length: 8 }, () => prove(ip));
    expect(ends).toHaveLength(8);
    ends.forEach((end) => end());
    await Promise.all(running);
  });
});
