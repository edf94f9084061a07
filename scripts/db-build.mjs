/** `npm run db:build`: builds the fast database server, once per machine. `npm test` does so itself where it finds no other. */
import { buildDatabase } from './services/build-database.mjs';
import { Trouble, say } from './services/say.mjs';

try {
  say(`The fast database server: ${await buildDatabase()}. \`npm start\` takes it from now on in a new folder.`);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
