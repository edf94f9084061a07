import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentOpenApi } from '../../src/cli/openapi.js';

describe('docs/openapi.json', () => {
  it('is what the code says (else run `npm run openapi`)', async () => {
    const kept = await readFile(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(await currentOpenApi()));
  });
});
