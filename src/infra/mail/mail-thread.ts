import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { failureOf, isAutomatic } from './inbound.js';
import { askedThrough } from './dns-line.js';

/** What runs on a thread: reading the mails of strangers (`mail-reader.ts`). */

/** Of the head of a mail. `from`: addresses in lower case. */
export interface MailHead {
  from: string[];
  messageId: string | null;
  isAutomatic: boolean;
  /** A field that may stand once stands twice: what one program reads is not what another one signed. */
  isAmbiguous: boolean;
}

/** Of its body. `failure`: see {@link failureOf}. */
export interface MailContent {
  text: string;
  hasAttachments: boolean;
  failure: string | null;
}

/**
 * Whether the domain in From stands behind a mail. `spf`: it names the server from which the mail came. `signatures`: the valid ones (DKIM) of that domain. `later`:
 * the DNS did not answer, so another try may say more.
 */
export interface MailProof {
  spf: boolean;
  signatures: SignedMail[];
  later: boolean;
}

/** `to`: the addresses (lower case) to which the mail goes by this signature. `digest`: of all that it signed; who changes anything of that has no signature. */
export interface SignedMail {
  to: string[];
  digest: string;
}

const OPTIONS = {
  ...{ keepDeliveryStatus: true, skipImageLinks: true, skipTextToHtml: true },
  ...{ maxHtmlLengthToParse: 300_000 },
};
const ONCE = ['from', 'sender', 'to', 'cc', 'subject', 'message-id', 'content-type', 'content-transfer-encoding'];

export async function headOf({ head, returnPath }: { head: Uint8Array; returnPath: string }): Promise<MailHead> {
  const mail = await simpleParser(Buffer.from(head), OPTIONS);
  const count = (name: string) => mail.headerLines.filter(({ key }) => key === name).length;
  return {
    from: addressesOf(mail.from),
    messageId: mail.messageId ?? null,
    isAutomatic: isAutomatic(mail, returnPath),
    isAmbiguous: ONCE.some((name) => count(name) > 1),
  };
}

export async function contentOf({ bytes }: { bytes: Uint8Array }): Promise<MailContent> {
  const mail = await simpleParser(Buffer.from(bytes), OPTIONS);
  return { text: mail.text ?? '', hasAttachments: mail.attachments.some(isAttached), failure: failureOf(mail) };
}

/** By SPF, DKIM and DMARC (RFC 7208, 6376, 7489). A domain that publishes no DMARC is asked for the same: that one of the two is aligned. */
export async function proofOf(asked: {
  bytes: Uint8Array;
  from: string;
  ip: string;
  helo: string;
  sender: string;
  /** SPF says nothing: the address is not that from which the mail came. */
  bySignatureAlone: boolean;
  dns: MessagePort;
}): Promise<MailProof> {
  const { dkimVerify, dmarc, spf } = await import('mailauth');
  const { resolver, hadTrouble, close } = askedThrough(asked.dns);
  try {
    const { results } = await dkimVerify(Buffer.from(asked.bytes), { resolver, sender: asked.sender });
    // SHA-1 proves nothing (RFC 8301, section 3.1).
    const valid = results.filter(
      (one) => one.status.result === 'pass' && !one.status.underSized && (one as Signature).algo !== 'rsa-sha1',
    );
    const { ip, helo, sender } = asked;
    const bySpf = asked.bySignatureAlone ? null : await spf({ ip, helo, sender, resolver });
    const isAligned = async (way: 'spf' | 'dkim', domain: string) => {
      const domains = way === 'spf' ? { spfDomains: [domain] } : { spfDomains: [], dkimDomains: [{ domain }] };
      const about = { headerFrom: asked.from, ...domains };
      let result = await dmarc({ ...about, resolver });
      if (result && result.status.result === 'none')
        result = await dmarc({ ...about, resolver: () => Promise.resolve([['v=DMARC1; p=none']]) });
      if (!result || result.status.result !== 'pass') return false;
      // mailauth says who wants the very same name (adkim=s, aspf=s), and takes another one of the same owner all the same.
      return !result.alignment[way].strict || domainToASCII(domain) === domainToASCII(domainOf(asked.from));
    };
    const signatures: SignedMail[] = [];
    for (const one of valid) {
      if (!(await isAligned('dkim', one.signingDomain))) continue;
      signatures.push({ to: await recipientsIn(one as Signature, asked.from), digest: digestOf(one as Signature) });
    }
    return {
      spf: bySpf?.status.result === 'pass' && (await isAligned('spf', bySpf.domain)),
      signatures,
      later: hadTrouble(),
    };
  } finally {
    close();
  }
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/** What mailauth says of a signature, and its types do not. */
interface Signature {
  algo?: string;
  signingHeaders?: { headers?: string[]; canonicalizedHeader?: string };
}

/** The signed lines as they were signed, with the line of the signature, which names the hash of the body. */
const digestOf = ({ signingHeaders }: Signature): string =>
  createHash('sha256')
    .update(signingHeaders?.canonicalizedHeader ?? '')
    .digest('hex');

/**
 * To and Cc as a signature covers them; none when it does not cover this From. Read from the lines that were signed: whoever hands a mail on can add
 * others.
 */
async function recipientsIn(signature: Signature, from: string): Promise<string[]> {
  const { headers = [] } = signature.signingHeaders ?? {};
  const lines = headers.filter((line) => /^(from|to|cc)\s*:/i.test(line));
  const signed = await simpleParser(`${lines.join('\r\n')}\r\n\r\n`, OPTIONS);
  const [sender, ...more] = addressesOf(signed.from);
  return sender === from && more.length === 0 ? [...addressesOf(signed.to), ...addressesOf(signed.cc)] : [];
}

const addressesOf = (of: AddressObject | AddressObject[] | undefined): string[] =>
  [of ?? []].flat().flatMap(({ value }) => value.map(({ address = '' }) => address.toLowerCase()));

/** A picture in the text is none. */
const isAttached = ({ contentDisposition, related }: ParsedMail['attachments'][number]) =>
  contentDisposition === 'attachment' && !related;
