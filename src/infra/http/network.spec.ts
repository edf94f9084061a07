import { isThisMachine, networkCounts, networkOf } from './network.js';

describe('what counts as one place', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
    ['192.0.2.7:10000', '192.0.2.7'],
    ['[2001:db8:1:2::1]:443', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['', 'nowhere'],
    ['unix:', 'nowhere'],
    ['whatever-a-stranger-writes', 'nowhere'],
  ])('given %s, then %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('where a try of a stranger counts', () => {
  const limit = { name: 'tries', points: 10, seconds: 60 };
  it.each([
    ['192.0.2.7', ['tries 10 192.0.2.7']],
    ['2001:db8:1:2::/64', ['tries 10 2001:db8:1:2::/64', 'tries-site 40 2001:db8:1::/48']],
    ['2001:db8:1:fffe::/64', ['tries 10 2001:db8:1:fffe::/64', 'tries-site 40 2001:db8:1::/48']],
    ['unix:', ['tries 10 unix:']],
    ['not an address/64', ['tries 10 not an address/64']],
  ])('given %s, then %j', (network, counted) => {
    const counts = networkCounts(limit, network).map(([{ name, points }, key]) => `${name} ${points} ${key}`);
    expect(counts).toEqual(counted);
  });
});

describe('whether a name is one of this machine', () => {
  it.each(['localhost', '127.0.0.1', '127.8.0.1', '::1', '[::1]', '::ffff:127.0.0.1'])('given %s, then it is', (host) =>
    expect(isThisMachine(host)).toBe(true),
  );
  it.each(['', 'localhost.example', '0.0.0.0', '::', '10.0.0.1', '[2001:db8::1]', '169.254.1.1', 'unix:'])(
    'given %s, then it is not',
    (host) => expect(isThisMachine(host)).toBe(false),
  );
});
