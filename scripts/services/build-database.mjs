/** `npm run db:build`: builds the fast database server from its source into the cache folder, once per machine. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, isProgram, onPath } from './folders.mjs';
import { say } from './say.mjs';

const version = '0.5.3-beta.196';
const root = join(cacheFolder(), 'secantus');
const server = join(root, 'bin', 'secantusd-rs');

const missing = ['cargo', 'cmake'].filter((program) => !onPath([program]));
if (isProgram(server)) {
  say(`The fast database server is built already: ${server}`);
} else if (missing.length > 0) {
  say(
    `Building needs ${missing.join(' and ')} on PATH (and libclang): on Debian, \`apt-get install cargo cmake libclang-dev\`.`,
  );
  process.exitCode = 1;
} else {
  say(`Building secantusd-rs ${version} into ${root}: about ${availableParallelism() > 2 ? 3 : 5} minutes, once.`);
  mkdirSync(root, { recursive: true });
  const install = [
    'install',
    'secantus-mdb',
    '--version',
    version,
    '--ignore-rust-version',
    '--locked',
    '--root',
    root,
  ];
  // Link-time optimisation costs two minutes more of building.
  const env = { ...process.env, CARGO_PROFILE_RELEASE_LTO: 'off', CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16' };
  const { status } = spawnSync('cargo', install, { stdio: 'inherit', env });
  if (status === 0) say(`Built: ${server}. \`npm start\` takes it from now on in a new folder.`);
  else say('The build failed; its last lines above say why (libclang missing? `apt-get install libclang-dev`).');
  process.exitCode = status ?? 1;
}
