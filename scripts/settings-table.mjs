/** The table of settings in docs/configuration.md, read from the built schema of the configuration: `npm run settings` renews it, a test compares it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable } from '../dist/config/settings-table.js';

const page = join(import.meta.dirname, '..', 'docs', 'configuration.md');
const place = /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/;

writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(place, (_all, before, after) => `${before}\n${settingsTable()}\n${after}`),
);
