import { afterRefusal } from './scheduled.js';

describe('what comes of a refusal', () => {
  it.each([
    [404, 'not_found', 'failed'],
    [409, 'channel_archived', 'failed'],
    [422, 'invalid', 'failed'],
    [429, 'too_many_requests', 'later'],
    [429, 'text_day_full', 'failed'],
    [500, 'internal', 'broken'],
    [503, 'overloaded', 'broken'],
  ])('%i %s: %s', (status, code, then) => {
    expect(afterRefusal({ status, code })).toBe(then);
  });
});
