import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from './config.js';
import { settingsTable } from './settings-table.js';

describe('docs/configuration.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');

  it('holds the table of all settings as they are (`npm run settings` renews it)', () => {
    expect(page).toContain(settingsTable());
  });

  it('says of each setting what it does', () => {
    const rows = settingsTable()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(Object.keys(configSchema.shape).length);
    for (const row of rows) expect(row.split(' | ')[2]).toMatch(/^.{8,}\. ?.*\|$/);
  });
});
