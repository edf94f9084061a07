import { simpleParser } from 'mailparser';
import { failureOf, isAutomatic, refusedAddress } from './inbound.js';

const parse = (lines: string[]) => simpleParser(lines.join('\r\n'), { keepDeliveryStatus: true });
const written = (...headers: string[]) => parse(['From: a@b.test', 'Subject: Re: x', ...headers, '', 'Hello']);

/** What mail servers send when a mail did not arrive. */
const report = (status: string, action = 'failed') =>
  parse([
    ...['From: MAILER-DAEMON@mx.test', 'Subject: Undelivered', 'MIME-Version: 1.0'],
    ...['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '', '--b'],
    ...['Content-Type: text/plain', '', 'Sorry.', '--b', 'Content-Type: message/delivery-status', ''],
    ...['Reporting-MTA: dns; mx.test', '', 'Final-Recipient: rfc822; ines@b.test', `Action: ${action}`],
    ...[`Status: ${status}`, 'Diagnostic-Code: smtp; 550', '  folded: Action: failed', '', '--b--', ''],
  ]);

describe('mails that no person wrote', () => {
  it.each([
    ['Auto-Submitted: auto-replied'],
    ['Auto-Submitted: auto-generated; owner-email="a@b.test"'],
    ['Precedence: bulk'],
    ['List-Id: <x.b.test>'],
    ['List-Unsubscribe: <mailto:a@b.test>'],
    ['X-Failed-Recipients: a@b.test'],
    ['X-Auto-Response-Suppress: All'],
  ])('given %s, then it is one', async (header) => {
    expect(isAutomatic(await written(header), 'a@b.test')).toBe(true);
  });

  it('given an empty sender of the envelope, then it is one; given a person, then not', async () => {
    expect(isAutomatic(await written(), '')).toBe(true);
    expect(isAutomatic(await written(), 'a@b.test')).toBe(false);
    expect(isAutomatic(await written('Auto-Submitted: no', 'Precedence: first-class'), 'a@b.test')).toBe(false);
  });
});

describe('the news that a mail did not arrive', () => {
  it.each(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'])(
    'given %s, then the address is gone',
    async (status) => {
      expect(failureOf(await report(status))).toBe(status);
    },
  );

  it.each(['5.2.2', '5.7.1', '4.4.7', '5.0.0', '5.1.11'])(
    'given %s, then tomorrow may be another day',
    async (status) => {
      expect(failureOf(await report(status))).toBeNull();
    },
  );

  it('given a delay, a delivery or a mail of a person, then nothing is wrong', async () => {
    expect(failureOf(await report('5.1.1', 'delayed'))).toBeNull();
    expect(failureOf(await report('2.0.0', 'delivered'))).toBeNull();
    expect(failureOf(await written())).toBeNull();
  });
});

describe('an address that the server refused while we handed over', () => {
  it.each([
    [{ responseCode: 550, command: 'RCPT TO', response: '550 5.1.1 No such user' }, '5.1.1'],
    [{ responseCode: 550, command: 'RCPT TO', response: '550 no such user' }, '550'],
    [{ responseCode: 554, command: 'DATA', response: '554 5.1.1 gone' }, '5.1.1'],
    [{ responseCode: 550, command: 'RCPT TO', response: '550 5.7.1 you are on a list' }, null],
    [{ responseCode: 552, command: 'RCPT TO', response: '552 5.2.2 full' }, null],
    [{ responseCode: 554, command: 'DATA', response: '554 spam' }, null],
    [{ responseCode: 550, command: 'MAIL FROM', response: '550 not you' }, null],
    [{ responseCode: 450, command: 'RCPT TO', response: '450 4.2.0 later' }, null],
    [{ code: 'ESOCKET' }, null],
    [null, null],
  ])('given %j, then %s', (cause, status) => {
    expect(refusedAddress(cause)).toBe(status);
  });
});
