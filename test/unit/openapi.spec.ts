import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { currentOpenApi } from '../../src/cli/openapi.js';

const METHODS_WITH_BODY = new Set(['post', 'put', 'patch']);
/** Acts that are said by their address alone. */
const WITHOUT_BODY =
  /\/(answered|applications\/\{applicationId\}\/open|looked-over\/\{part\}|refresh|retry|confirmation|reactivate|admin|team|take-over|panels\/\{panelId\}\/remind|wishes\/\{wishId\}\/(reopen|sides\/\{side\})|logout|open|reopen|seen|keep|commons\/(no|wish)|close|send|publish|withdraw|vote|wiki|handbook\/\{pageId\}\/lock|calendar-feed|calls|test|run|restore|\{calendarId\}\/read|coaches\/\{userId\}\/watch|(places|guests)\/\{token\}\/(confirm|accept|leave)|(members|blocked|registrations)\/\{userId\}|reactions\/\{emoji\})$/;

/** The description of this very code: made once, since it takes seconds. */
let made: string;
beforeAll(async () => {
  made = await currentOpenApi();
});

describe('docs/openapi.json', () => {
  it('says of each route who may call it, what goes in, what comes out, and how a refusal looks', () => {
    const document = JSON.parse(made) as { paths: Record<string, Record<string, any>> };
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

  it('says that lines of CSV are text, and people in JSON an object', () => {
    const document = JSON.parse(made) as { paths: Record<string, Record<string, any>> };
    const { content } = document.paths['/api/cohorts/{cohortId}/invitations']!.post.requestBody;
    expect(content['text/csv'].schema).toEqual({ type: 'string' });
    expect(content['application/json'].schema).toEqual({ $ref: '#/components/schemas/InvitePeople' });
    expect((document as any).components.schemas.InvitePeople.type).toBe('object');
  });

  it('says each contract once, under its name', () => {
    const document = JSON.parse(made);
    const { schemas } = document.components;
    const named = new Map(Object.entries(schemas).map(([name, schema]) => [JSON.stringify(schema), name]));
    const found: string[] = [];
    const walk = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { $ref } = value as { $ref?: string };
      if ($ref?.startsWith('#/components/schemas/') && !($ref.split('/').at(-1)! in schemas))
        found.push(`${at}: ${$ref}`);
      const twice = named.get(JSON.stringify(value));
      if (twice && at !== `/components/schemas/${twice}`) found.push(`${at}: ${twice} is not referred to`);
      for (const [key, one] of Object.entries(value)) walk(one, `${at}/${key}`);
    };
    walk(document, '');
    expect(found).toEqual([]);
    expect(schemas.Topic.properties.author).toEqual({ $ref: '#/components/schemas/Person' });
  });

  it('knows all contracts by name', async () => {
    const folder = join(import.meta.dirname, '../../src/contracts');
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
    const index = await readFile(join(folder, 'index.ts'), 'utf8');
    const unknown = files.filter(
      (file) => !/\.spec\.ts$|^index\.ts$/.test(file) && !index.includes(`'./${file.slice(0, -3)}.js'`),
    );
    expect(unknown).toEqual([]);
  });

  it('says that a form has one file and nothing else', () => {
    const document = JSON.parse(made) as { paths: Record<string, Record<string, any>> };
    const forms = Object.values(document.paths)
      .flatMap((operations) => Object.values(operations))
      .flatMap(({ requestBody }) => requestBody?.content?.['multipart/form-data']?.schema ?? []);
    expect(forms.length).toBeGreaterThan(4);
    for (const form of forms) expect(form).toMatchObject({ required: ['file'], additionalProperties: false });
  });

  it('allows null wherever it says so, whatever else it says of the value', () => {
    const { Ajv } = createRequire(createRequire(import.meta.url).resolve('fastify'))('ajv') as {
      Ajv: new (o: object) => any;
    };
    const parts = new Set<string>();
    const text = made.replaceAll('"#/components/', '"all#/components/');
    JSON.parse(text, (_, part: unknown) => {
      if ((part as { nullable?: boolean } | null)?.nullable === true) parts.add(JSON.stringify(part));
      return part;
    });
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema(JSON.parse(text), 'all');
    expect(parts.size).toBeGreaterThan(50);
    expect([...parts].filter((part) => !ajv.validate(JSON.parse(part), null))).toEqual([]);
  });

  it('is what the code says (else run `npm run openapi`)', async () => {
    const kept = await readFile(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(made));
  });
});
