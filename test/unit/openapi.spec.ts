import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentOpenApi } from '../../src/cli/openapi.js';

const METHODS_WITH_BODY = new Set(['post', 'put', 'patch']);
/** Acts that are said by their address alone. */
const WITHOUT_BODY =
  /\/(refresh|retry|confirmation|reactivate|admin|team|take-over|wishes\/\{wishId\}\/(reopen|sides\/\{side\})|logout|close|send|publish|vote|calendar-feed|calls|test|run|\{calendarId\}\/read|coaches\/\{userId\}\/watch|(places|guests)\/\{token\}\/(confirm|accept|leave)|(members|blocked|registrations)\/\{userId\}|reactions\/\{emoji\})$/;

describe('docs/openapi.json', () => {
  it('says of each route who may call it, what goes in, what comes out, and how a refusal looks', async () => {
    const document = JSON.parse(await currentOpenApi()) as { paths: Record<string, Record<string, any>> };
    const gaps = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) => {
        const codes = Object.keys(operation.responses);
        const inPath = operation.parameters.filter((one: any) => one.in === 'path').map((one: any) => one.name);
        const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const missing = [
          ...(operation['x-access'] ? [] : ['access']),
          ...(operation['x-access']?.kind === 'public' || operation.security?.length > 0 ? [] : ['security']),
          ...(METHODS_WITH_BODY.has(method) && !operation.requestBody && !WITHOUT_BODY.test(path) ? ['body'] : []),
          ...(codes.some((code) => code.startsWith('2')) ? [] : ['reply']),
          ...(path.startsWith('/api/') &&
          codes.some((code) => /^20[01]$/.test(code) && !operation.responses[code].content)
            ? ['schema of the reply']
            : []),
          ...(codes.includes('default') ? [] : ['refusals']),
          ...(JSON.stringify([...inPath].sort()) === JSON.stringify([...parts].sort()) ? [] : ['parts of the path']),
        ];
        return missing.map((what) => `${method.toUpperCase()} ${path}: ${what}`);
      }),
    );
    expect(gaps).toEqual([]);
  });

  it('says that lines of CSV are text, and people in JSON an object', async () => {
    const document = JSON.parse(await currentOpenApi()) as { paths: Record<string, Record<string, any>> };
    const { content } = document.paths['/api/cohorts/{cohortId}/invitations']!.post.requestBody;
    expect(content['text/csv'].schema).toEqual({ type: 'string' });
    expect(content['application/json'].schema.type).toBe('object');
  });

  it('is what the code says (else run `npm run openapi`)', async () => {
    const kept = await readFile(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(await currentOpenApi()));
  });
});
