import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { configSchema, parseConfig } from '../../src/config/config.js';

/** What is deployed must not drift from what the app reads (src/config/config.ts). */
const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

interface Service {
  build?: string;
  image?: string;
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  profiles?: string[];
  command?: string;
  entrypoint?: string[];
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  read_only?: boolean;
  logging?: { driver: string; options: Record<string, string> };
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
}

const composeText = read('docker-compose.yml');
const compose = parse(composeText, { merge: true }) as Compose;
const dockerfile = read('Dockerfile');
const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
const settings = new Set(Object.keys(configSchema.shape));
const apps = Object.entries(compose.services).filter(([, service]) => service.build);

/** Lines `NAME=value` and `#NAME=value`. */
const example = [...read('.env.example').matchAll(/^(#?)([A-Z0-9_]+)=(.*)$/gm)].map(([, off, name, value]) => ({
  name: name!,
  value: value!,
  set: off === '',
}));
/** Compose itself reads it. */
const OF_COMPOSE = 'COMPOSE_PROFILES';
const named = new Set(example.map(({ name }) => name));
const uses = [...composeText.matchAll(/\$\{([A-Z0-9_]+)(:[-?])?/g)].map(([, name, how]) => ({ name: name!, how }));

/** As compose fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
function filledIn(text: string, env: Record<string, string>): string {
  return text.replace(/\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g, (_all, name: string, how?: string, rest?: string) => {
    if (env[name]) return env[name];
    if (how === '-') return rest ?? '';
    throw new Error(`${name} must be set in .env`);
  });
}

const filledExample = Object.fromEntries(
  example
    .filter(({ set, name }) => set && name !== OF_COMPOSE)
    .map(({ name, value }) => [name, value || 'x'.repeat(48)]),
);
const environmentOf = (service: Service, env: Record<string, string>) =>
  Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, filledIn(value, env)]));

describe('.env.example', () => {
  test('given each setting of the app, then it is named there', () => {
    expect([...settings].filter((name) => !named.has(name))).toEqual([]);
  });

  test('given each name there, then the app or docker-compose.yml reads it', () => {
    const read = new Set([...settings, ...uses.map(({ name }) => name), OF_COMPOSE]);
    expect([...named].filter((name) => !read.has(name))).toEqual([]);
  });

  test('given what docker-compose.yml demands, then it is set there and not in a comment; no secret has a value', () => {
    const demanded = new Set(uses.filter(({ how }) => how === ':?').map(({ name }) => name));
    expect(
      example
        .filter(({ set }) => set)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...demanded, OF_COMPOSE].sort());
    for (const { name, value } of example)
      if (/SECRET|_PASSWORD$/.test(name)) expect([name, value]).toEqual([name, '']);
  });
});

/** Versions before these have holes that are known. */
const LEAST: Record<string, number[]> = {
  caddy: [2],
  mongo: [8],
  redis: [8],
  'axllent/mailpit': [1, 30, 6],
};

describe('docker-compose.yml', () => {
  test('given each image, then it is of a version that has no hole that is known', () => {
    const images = Object.values(compose.services).flatMap(({ image, build }) => (image && !build ? [image] : []));
    expect(images.map((image) => image.split(':')[0]).toSorted()).toEqual(Object.keys(LEAST).toSorted());
    for (const image of images) {
      const [name = '', tag = ''] = image.split(':');
      const version = tag.replace(/^v/, '').split('-')[0]!.split('.').map(Number);
      const [differs] = LEAST[name]!.map((least, at) => (version[at] ?? 0) - least).filter((one) => one !== 0);
      expect([image, (differs ?? 0) >= 0]).toEqual([image, true]);
    }
  });

  test('given the mail catcher, then it runs while it is named, and reaches nothing but the worker', () => {
    const { mail, ...others } = compose.services;
    expect([mail?.profiles, mail?.networks]).toEqual([['catcher'], ['catcher']]);
    expect(example.find(({ name }) => name === OF_COMPOSE)).toEqual({ name: OF_COMPOSE, value: 'catcher', set: true });
    const beside = Object.entries(others).filter(([, { networks }]) => networks?.includes('catcher'));
    expect(beside.map(([name]) => name)).toEqual(['worker']);
  });

  test('given the page of the mail catcher, then it asks for a password: a page elsewhere can make its own name lead to it', () => {
    const { mail } = compose.services;
    expect(filledIn(mail?.environment?.['MP_UI_AUTH'] ?? '', { MAIL_PASSWORD: 'opens' })).toBe('cordee:opens');
    // Such a page would use a door beside it, or be let in by name.
    expect(Object.keys(mail?.environment ?? {}).filter((name) => /^MP_(API_CORS|SEND_API|POP3)/.test(name))).toEqual(
      [],
    );
  });

  test('given its app processes, then two serve and one works', () => {
    const roles = apps.map(([name, service]) => [name, service.environment?.['ROLES']]);
    expect(roles).toEqual([
      ['app1', 'web'],
      ['app2', 'web'],
      ['worker', 'worker'],
    ]);
  });

  test.each(apps)('given the example filled in, then the environment of %s starts the app', (_name, service) => {
    const environment = environmentOf(service, filledExample);
    expect(Object.keys(environment).filter((name) => !settings.has(name))).toEqual([]);
    expect(parseConfig(environment)).toMatchObject({
      NODE_ENV: 'production',
      TRUST_PROXY: 1,
      PORT: 3000,
      HOST: '0.0.0.0',
    });
  });

  test.each(apps)(
    'given nothing said of link previews, then %s asks nothing of pages outside; said so, it may',
    (_name, service) => {
      expect(parseConfig(environmentOf(service, filledExample)).LINK_PREVIEWS).toBe('off');
      expect(parseConfig(environmentOf(service, { ...filledExample, LINK_PREVIEWS: 'on' })).LINK_PREVIEWS).toBe('on');
    },
  );

  test.each(Object.keys(filledExample))('given no %s, then nothing starts', (missing) => {
    const env = Object.fromEntries(Object.entries(filledExample).filter(([name]) => name !== missing));
    expect(() => filledIn(composeText.replaceAll('$$', ''), env)).toThrow(`${missing} must be set in .env`);
  });

  test('given each service, then it has a health check (the app: that of its image) and its volumes are declared', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.healthcheck ?? service.build]).toEqual([name, expect.anything()]);
      const volumes = (service.volumes ?? []).map((volume) => volume.split(':')[0]!).filter((v) => !v.startsWith('.'));
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume);
    }
    for (const [, service] of apps)
      expect(service.depends_on).toEqual({
        mongo: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
  });

  test('given each container, then it has no rights of the system, gets none, and writes nothing but its volumes', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.cap_drop, service.security_opt, service.read_only]).toEqual([
        name,
        ['ALL'],
        ['no-new-privileges:true'],
        true,
      ]);
      expect([name, service.cap_add ?? []]).toEqual([name, name === 'proxy' ? ['NET_BIND_SERVICE'] : []]);
    }
    expect(lastStage).toContain('VOLUME ["/data", "/tmp"]');
  });

  test('given the app’s user of the database, then it is its own: its one database, and no password of the administrator', () => {
    const { mongo } = compose.services;
    for (const [, service] of apps) {
      expect(service.environment?.['MONGODB_URI']).toMatch(/cordee:\$\{MONGO_PASSWORD:.*authSource=cordee/);
      expect(JSON.stringify(service.environment)).not.toContain('MONGO_ROOT_PASSWORD');
    }
    expect(mongo?.environment).toMatchObject({ MONGO_INITDB_ROOT_USERNAME: 'root' });
    expect(mongo?.volumes).toContain('./docker/mongo-user.js:/docker-entrypoint-initdb.d/mongo-user.js:ro');
    const made: object[] = [];
    const db = { getSiblingDB: (name: string) => ({ createUser: (user: object) => made.push({ db: name, ...user }) }) };
    runInNewContext(read('docker/mongo-user.js'), { db, process: { env: { MONGO_APP_PASSWORD: 'app' } } });
    expect(JSON.parse(JSON.stringify(made))).toEqual([
      { db: 'cordee', user: 'cordee', pwd: 'app', roles: [{ role: 'readWrite', db: 'cordee' }] },
    ]);
  });

  test('given the database and Redis, then they keep what they are told and cannot be reached from outside', () => {
    const { mongo, redis } = compose.services;
    expect(mongo?.image).toBe('mongo:8');
    expect(mongo?.entrypoint?.join(' ')).toContain('--replSet rs0');
    expect(redis?.command).toContain('--appendonly yes --maxmemory-policy noeviction');
    for (const service of [mongo, redis]) expect(service?.networks).toEqual(['back']);
    expect(compose.networks['back']).toEqual({ internal: true });
  });

  test('given the proxy, then its file names both app processes at their port, asks them whether they are ready, and hides metrics', () => {
    const file = read('docker/Caddyfile');
    expect(file).toContain('reverse_proxy app1:3000 app2:3000');
    expect(file).toContain('health_uri /readyz');
    expect(file).toMatch(/handle \/metrics \{\s+respond 404/);
    // What opens a calendar or a file stands in addresses, and in those that a page came from.
    expect(file).toMatch(/request>uri delete\s+request>headers delete/);
    expect(compose.services['proxy']?.volumes).toContain('./docker/Caddyfile:/etc/caddy/Caddyfile:ro');
  });

  test('given websockets, then nothing at the proxy stands in their way: it passes upgrades on by itself, and no header is taken out', () => {
    const file = read('docker/Caddyfile').replace(/^\s*#.*$/gm, '');
    expect(file).not.toMatch(/header_up|header_down|versions|transport/);
  });

  test('given a proxy of one’s own before that one, then both can be told so; unless told, what strangers say of where they are is believed by nobody', () => {
    const file = read('docker/Caddyfile').replace(/^\s*#.*$/gm, '');
    expect(file.match(/trusted_proxies.*/g)).toEqual(['trusted_proxies {$TRUSTED_PROXIES}']);
    const { proxy } = compose.services;
    expect(environmentOf(proxy!, filledExample)['TRUSTED_PROXIES']).toBe('');
    const behind = { ...filledExample, TRUSTED_PROXIES: '10.0.0.5 10.0.1.0/24', TRUST_PROXY: '2' };
    expect(environmentOf(proxy!, behind)['TRUSTED_PROXIES']).toBe('10.0.0.5 10.0.1.0/24');
    for (const [name, service] of apps)
      expect([name, parseConfig(environmentOf(service, behind)).TRUST_PROXY]).toEqual([name, 2]);
  });

  test('given one proxy before the apps, then they believe one, and only it is reached from outside', () => {
    for (const [name, service] of apps)
      expect([name, environmentOf(service, filledExample)['TRUST_PROXY']]).toEqual([name, '1']);
    const open = Object.entries(compose.services).filter(([, service]) => service.ports);
    expect(open.map(([name]) => name)).toEqual(['proxy', 'mail']);
    expect(compose.services['mail']?.ports).toEqual(['127.0.0.1:${MAIL_PORT:-8025}:8025']);
    // By IPv6 all would come from one address.
    for (const port of compose.services['proxy']?.ports ?? []) expect(filledIn(port, {})).toMatch(/^0\.0\.0\.0:/);
  });

  test('given one request that is not answered, then the proxy takes nobody for dead: it asks /readyz', () => {
    const directives = read('docker/Caddyfile').replace(/^\s*#.*$/gm, '');
    expect(directives).toMatch(/health_uri \/readyz/);
    expect(directives).not.toMatch(/fail_duration|max_fails|unhealthy_/);
  });

  test('given what strangers make a service write, then its log has an end', () => {
    for (const [name, { logging }] of Object.entries(compose.services))
      expect([name, logging?.options]).toEqual([name, { 'max-size': '20m', 'max-file': '5' }]);
  });

  test('given a face uploaded to one app, then the other has it: they share the volume in which files are kept', () => {
    for (const [name, service] of apps) {
      expect([name, service.volumes]).toEqual([name, ['files:/data']]);
      expect(service.environment?.['FILES_PATH']).toBe('/data/files');
    }
  });

  test('given each secret, then it comes from .env and has no default', () => {
    const secrets = Object.values(compose.services).flatMap((service) =>
      Object.entries(service.environment ?? {}).filter(([name]) => /SECRET|PASSWORD|KEY|AUTH/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(3);
    for (const [name, value] of secrets)
      expect([name, value]).toEqual([name, expect.stringMatching(/^(cordee:)?\$\{[A-Z_]+:\?/)]);
  });
});

describe.each(['README.md', 'docs/operating.md'])('%s', (page) => {
  const ofCompose = new Set([...uses.map(({ name }) => name), OF_COMPOSE]);
  test('given each setting that it names, then the app or docker-compose.yml reads it', () => {
    const names = [...read(page).matchAll(/`([A-Z0-9]+_[A-Z0-9_]+)(=[a-z]+)?`/g)].map(([, name]) => name!);
    expect(names.filter((name) => !settings.has(name) && !ofCompose.has(name))).toEqual([]);
  });
});

describe('docs/security.md', () => {
  test('given each test that it names, then it is there', () => {
    const named = [...read('docs/security.md').matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('Dockerfile', () => {
  test('given the final image, then it runs the production process as nobody special and asks it whether it is ready', () => {
    expect(lastStage).toContain('\nUSER node\n');
    expect(lastStage).toContain('\nCMD ["node", "--max-semi-space-size=4", "dist/main.js"]');
    expect(lastStage).toContain('/readyz');
    expect(dockerfile).toContain('npm ci --omit=dev');
    // What the process reads besides its code: the description of the API, and the pages.
    for (const part of ['docs/openapi.json docs/', 'web/dist web/dist'])
      expect(lastStage).toContain(`\nCOPY --from=build /app/${part}\n`);
  });

  test('given what it sets, then the app reads it', () => {
    const names = [...lastStage.matchAll(/^ENV ([A-Z_]+)=/gm)].map(([, name]) => name!);
    expect(names.filter((name) => !settings.has(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['FILES_PATH', 'HOST']));
    expect(lastStage).toContain('\nENV HOST=0.0.0.0\n');
  });

  test('given the Node of package.json, then the image has a newer one in every stage', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const least = Number(/\d+/.exec(engines.node)?.[0]);
    const stages = [...dockerfile.matchAll(/^FROM node:(\d+)-slim/gm)].map(([, major]) => Number(major));
    expect(stages).toHaveLength(3);
    for (const major of stages) expect(major).toBeGreaterThanOrEqual(least);
  });
});
