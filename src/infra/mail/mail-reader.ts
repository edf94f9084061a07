import { Inject, Injectable } from '@nestjs/common';
import { MessageChannel } from 'node:worker_threads';
import { Shares } from '../../common/shares.js';
import { CONFIG, type Config } from '../../config/config.js';
import { isThisMachine, networkOf } from '../http/network.js';
import { NoThread, type ThreadTask, Threads } from '../threads/threads.js';
import { answerThrough } from './dns-line.js';
import { MailDns } from './mail-dns.js';
import type { MailContent, MailHead, MailProof } from './mail-thread.js';

/** From where a mail came, as SMTP says it. `sender` is the sender of the envelope, empty for reports. */
export interface MailOrigin {
  ip: string;
  helo: string;
  sender: string;
}

const HEAD_MS = 5000;
const CONTENT_MS = 5000;
/** With the time that the DNS takes. */
const PROOF_MS = 20_000;
/** Of one network at a time: its domains' own servers of names say how long each takes, and there are four threads for all. */
const PROOFS_OF_NETWORK = 2;
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_HEAD_LINES = 500;
/** Each is worked out, and asks for a key. Mails have two or three, those of lists some more. */
const MAX_SIGNATURES = 10;
const SIGNATURE = /^dkim-signature:/gim;

const taskOf = (name: string): ThreadTask => ({ file: new URL('./mail-thread', import.meta.url), name });
const PROOF: ThreadTask = { ...taskOf('proofOf'), kind: 'asks' };

/**
 * Reads mails of strangers, on threads: no mail holds up the process. All of it throws TooMuchWork for a mail that cannot be read in time, NoThread
 * when none was free, which says nothing of the mail.
 */
@Injectable()
export class MailReader {
  private readonly proving = new Shares(PROOFS_OF_NETWORK);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly threads: Threads,
    private readonly dns: MailDns,
  ) {}

  /** Null when it is longer than the head of any mail that people send, or has more signatures. */
  async head(bytes: Buffer, returnPath: string): Promise<MailHead | null> {
    const head = headBytes(bytes);
    if (!head || (head.toString('latin1').match(SIGNATURE)?.length ?? 0) > MAX_SIGNATURES) return null;
    return await this.threads.run<MailHead>(taskOf('headOf'), { head, returnPath }, { withinMs: HEAD_MS });
  }

  async content(bytes: Buffer): Promise<MailContent> {
    return await this.threads.run<MailContent>(taskOf('contentOf'), { bytes }, { withinMs: CONTENT_MS });
  }

  /** Whether its domain stands behind a mail. Throws NoThread also while others of its network are looked at. */
  async proof(bytes: Buffer, from: string, origin: MailOrigin): Promise<MailProof> {
    // A relay that does not say for whom it speaks speaks for everybody. Its own address says nothing of who sent a mail, though it may stand in the SPF of their domain.
    const isRelay = this.config.MAIL_IN_RELAYS.includes(origin.ip);
    if (isRelay || isThisMachine(origin.ip)) return await this.prove(bytes, from, origin, isRelay);
    let proof: MailProof | undefined;
    await this.proving.within(networkOf(origin.ip), async () => {
      proof = await this.prove(bytes, from, origin);
    });
    if (!proof) throw new NoThread(PROOF.name);
    return proof;
  }

  private async prove(bytes: Buffer, from: string, origin: MailOrigin, isRelay = false): Promise<MailProof> {
    const { port1, port2 } = new MessageChannel();
    answerThrough(port1, (name, type) => this.dns.resolve(name, type));
    try {
      const asked = { bytes, from, ...origin, bySignatureAlone: isRelay, dns: port2 };
      return await this.threads.run<MailProof>(PROOF, asked, { withinMs: PROOF_MS, transfer: [port2] });
    } finally {
      port1.close();
    }
  }
}

/** Up to the empty line; null when that is too far down. */
function headBytes(bytes: Buffer): Buffer | null {
  let lines = 0;
  let start = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, start)) {
    if (at - start <= 1 && (at === start || bytes[start] === 13)) return bytes.subarray(0, at + 1);
    lines += 1;
    start = at + 1;
    if (lines > MAX_HEAD_LINES || start > MAX_HEAD_BYTES) return null;
  }
  return bytes.length <= MAX_HEAD_BYTES ? bytes : null;
}
