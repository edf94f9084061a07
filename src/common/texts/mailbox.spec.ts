import { addressesOf, mailboxOf } from './mailbox.js';

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

describe('the addresses of a mailbox', () => {
  it.each([
    ['ines@agency.example', ['ines@agency.example', 'in.es+x@agency.example', 'ines.@agency.example']],
    ['ines@gmail.com', ['ines@gmail.com', 'i.n.e.s+a@googlemail.com']],
    ['d_o*e$@agency.example', ['d_o*e$@agency.example', 'd._o*e$+c.d@agency.example']],
    ['@agency.example', ['+x@agency.example']],
  ])('of %s are those of which it is the mailbox', (mailbox, addresses) => {
    const others = ['ines@agency.exampleX', 'xines@agency.example', 'inesx@gmail.com', 'ines@agencyXexample'];
    const found = [...addresses, ...others].filter((one) => addressesOf(mailbox).test(one));
    expect(found).toEqual(addresses);
    expect(found.map(mailboxOf)).toEqual(found.map(() => mailbox));
  });
});
