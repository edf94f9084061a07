import { mailboxOf } from './mailbox.js';

describe('the mailbox of an address', () => {
  it.each([
    ['ines@agency.example', 'ines@agency.example'],
    ['ines.le+cordee+2@agency.example', 'inesle@agency.example'],
    ['i.n.e.s@gmail.com', 'ines@gmail.com'],
    ['in.es+x@googlemail.com', 'ines@gmail.com'],
    ['ines@constructor', 'ines@constructor'],
    ['"a@b.c"@agency.example', '"a@bc"@agency.example'],
    ['+x@agency.example', '@agency.example'],
  ])('of %s is %s', (address, mailbox) => {
    expect(mailboxOf(address)).toBe(mailbox);
  });
});
