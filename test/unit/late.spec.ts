import { isLateText } from '../../scripts/count-reporter.mjs';
import { eventually } from '../support/eventually.js';

it.each([
  [
    'a page that did not show something',
    'TimeoutError: locator.waitFor: Timeout 45000ms exceeded.\nCall log:\n  - waiting',
  ],
  ['an acknowledgement that did not come', 'Error: operation has timed out\n    at Timeout.<anonymous>'],
  ['a test that did not end', 'thrown: "Exceeded timeout of 300000 ms for a test.\nAdd a timeout value'],
])('takes %s for late', (_what, text) => {
  expect(isLateText(text)).toBe(true);
});

const AT_ONCE = 0;

it('takes a wait of eventually that ran out for late', async () => {
  const error = await eventually(() => expect(1).toBe(2), AT_ONCE).catch((one: unknown) => one);
  expect(isLateText(String((error as Error).stack))).toBe(true);
  expect((error as Error).stack).toContain('Expected: 2');
});

it.each([
  ['a wrong value', 'Error: expect(received).toBe(expected)\n\nExpected: 2\nReceived: 1'],
  ['a crash that tells of a time-out', 'TypeError: cannot read the Timeout 5ms exceeded'],
])('does not take %s for late', (_what, text) => {
  expect(isLateText(text)).toBe(false);
});
