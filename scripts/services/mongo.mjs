import mongoose from 'mongoose';
import { startEngine } from './engine.mjs';
import { cacheFolder } from './folders.mjs';
import { mongoEngines } from './mongo-engines.mjs';
import { Trouble } from './say.mjs';

const { MongoClient } = mongoose.mongo;

/**
 * Finds or starts a MongoDB: `MONGODB_URI`, else the first of mongo-engines.mjs (`MONGODB_ENGINE` names one and no other), on a
 * free loopback port with its data under `dataFolder`. A server that the environment did not name is never touched.
 *
 * @returns {Promise<{uri: string, engine: string, line: string, stop: () => Promise<void>,
 *   kill?: () => Promise<void>, again?: () => Promise<void>}>} `uri` names the database
 *   `cordee`; a test takes its own with the `dbName` option
 * @throws {Trouble} with one clear message
 */
export async function findMongo({ dataFolder, env = process.env, isDurable = true }) {
  if (env.MONGODB_URI) return theNamedOne(env.MONGODB_URI);
  const found = await startEngine({
    kind: 'MongoDB',
    variable: 'MONGODB_URI',
    engines: mongoEngines.filter(({ name }) => name === (env.MONGODB_ENGINE ?? name)),
    dataFolder,
    env,
    isDurable,
    isReady: (port, engine) => withClient(loopback(port), 2_000, (admin) => isPrimary(admin, engine, port)),
  });
  return { ...found, uri: loopback(found.port) };
}

/** The names of the engines that are on this machine. */
export async function mongoEnginesHere(env = process.env) {
  const names = [];
  for (const engine of mongoEngines) if (await engine.here(env, cacheFolder(env))) names.push(engine.name);
  return names;
}

const loopback = (port) => `mongodb://127.0.0.1:${port}/cordee?directConnection=true`;

async function theNamedOne(uri) {
  await withClient(uri, 5_000, (admin) => admin.command({ ping: 1 })).catch((error) => {
    throw new Trouble(`MONGODB_URI names a server that does not answer: ${withoutSecrets(error.message, uri)}`);
  });
  return { uri, engine: 'environment', line: 'MongoDB: the server that MONGODB_URI names.', stop: async () => {} };
}

const withoutSecrets = (text, uri) => text.replaceAll(uri, 'MONGODB_URI').replace(/\/\/[^@/\s]*@/g, '//');

async function withClient(uri, serverSelectionTimeoutMS, ask) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS });
  try {
    await client.connect();
    return await ask(client.db('admin'));
  } finally {
    await client.close();
  }
}

async function isPrimary(admin, engine, port) {
  if (engine.replicaSet) await makeReplicaSet(admin, `127.0.0.1:${port}`);
  return (await admin.command({ hello: 1 })).isWritablePrimary === true;
}

/** One node that calls itself by today's port: at each start the port is another one. */
async function makeReplicaSet(admin, host) {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0].host === host) return;
    config.members[0].host = host;
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1 }, force: true });
  } catch (error) {
    if (error.codeName !== 'NotYetInitialized') throw error;
    await admin.command({ replSetInitiate: { _id: 'cordee', members: [{ _id: 0, host }] } });
  }
}
