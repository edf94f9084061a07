import { oneOf, readAddress, writeAddress } from './address';

describe('what an address asks for', () => {
  it('is text, whatever it looks like', () => {
    expect(readAddress('?q=2026&free=true&message=612345678901234567890123&who=6e08&none=null&empty=')).toEqual({
      q: '2026',
      free: 'true',
      message: '612345678901234567890123',
      who: '6e08',
      none: 'null',
      empty: '',
    });
    expect(readAddress('')).toEqual({});
  });

  it('given a word that means nothing, then it is as if nothing were asked', () => {
    const known = ['all', 'unread'] as const;
    expect(oneOf(known, 'unread')).toBe('unread');
    for (const asked of ['foo', '', undefined]) expect(oneOf(known, asked)).toBeUndefined();
  });

  it('comes back as it was written, without what is not said', () => {
    const asked = { q: '"exact phrase" é & 100 %', day: '2026-10-13', state: undefined };
    expect(writeAddress(asked)).not.toContain('state');
    expect(readAddress(writeAddress(asked))).toEqual({ q: asked.q, day: asked.day });
    expect(writeAddress({ q: '2026' })).toBe('?q=2026');
    expect(writeAddress({})).toBe('');
  });
});
