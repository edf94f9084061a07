import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readFile, writeFile } from 'node:fs/promises';
import { AppModule } from '../app.module.js';
import { SystemClock } from '../common/times/clock.js';
import { parseConfig } from '../config/config.js';
import { OPENAPI_FILE, openApiOf } from '../infra/http/openapi/api-docs.js';

/** The document as it is kept in the repository; made without a database. */
export async function currentOpenApi(): Promise<string> {
  const nowhere = {
    NODE_ENV: 'test',
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    JWT_SECRET: 'x'.repeat(32),
  };
  const app = await NestFactory.create(AppModule.with(parseConfig(nowhere), new SystemClock()), new FastifyAdapter(), {
    preview: true,
    logger: false,
  });
  return `${JSON.stringify(openApiOf(app), null, 2)}\n`;
}

/** Writes docs/openapi.json; with `check` only says whether it is stale. */
export async function writeOpenApi({ check }: { check?: boolean }): Promise<void> {
  const document = await currentOpenApi();
  if (!check) {
    await writeFile(OPENAPI_FILE, document);
    return;
  }
  if ((await readFile(OPENAPI_FILE, 'utf8')) !== document)
    throw new Error('docs/openapi.json is stale: run `npm run openapi`');
}
