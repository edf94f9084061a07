/**
 * The app under `npm start`: it loads its modules while its servers start, the longest part of a start, and begins once it is told the
 * environment that names them. It ends with the process that would tell it.
 */
import { once } from 'node:events';

const gone = () => process.exit(1);
process.once('disconnect', gone);
const told = once(process, 'message');
const dist = new URL('../../dist/', import.meta.url);
await import(new URL('app.js', dist).href);
const [env] = await told;
process.off('disconnect', gone);
process.disconnect();
Object.assign(process.env, env);
await import(new URL('main.js', dist).href);
