import { newCertificateCode, typedCertificateCode, writtenCode } from './certificate-code.js';

describe('the code of a certificate', () => {
  it('given a new one, then it is written in groups, and read back however it is typed', () => {
    const code = newCertificateCode();
    const written = writtenCode(code);
    expect(written).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    for (const typed of [written, written.toLowerCase(), code, ` ${written.replaceAll('-', ' ')} `])
      expect(typedCertificateCode(typed)).toBe(code);
  });

  it('given many, then no two are the same', () => {
    const codes = Array.from({ length: 5_000 }, newCertificateCode);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('given signs that are taken for others, then they are those', () => {
    expect(typedCertificateCode('il0O-1111-0000-ABCD')).toBe('11001111' + '0000ABCD');
  });

  it.each(['', '7KQ2', '7KQ2-9M4X-B0TD-W5H', '7KQ2-9M4X-B0TD-W5HU', '7KQ2-9M4X-B0TD-W5HÀ', '7KQ2-9M4X-B0TD-W5HAA'])(
    'given %j, then it can be none',
    (typed) => expect(typedCertificateCode(typed)).toBeNull(),
  );
});
