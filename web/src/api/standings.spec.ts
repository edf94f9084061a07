import { withStanding } from './standings';

const status = { emoji: '🌴', text: '', away: true, until: null };

describe('how people stand, live', () => {
  it('given somebody says something, or takes all of it back, then what is held is what a fetch would give', () => {
    const one = { userId: 'ines', status, quietUntil: null };
    const said = withStanding(new Map(), one);
    expect([...said]).toEqual([['ines', one]]);
    const quiet = { userId: 'ines', status: null, quietUntil: '2026-10-13T10:00:00.000Z' };
    expect([...withStanding(said, quiet)]).toEqual([['ines', quiet]]);
    expect(withStanding(said, { ...quiet, quietUntil: null }).size).toBe(0);
    expect(said.size).toBe(1);
  });
});
