import react from '@vitejs/plugin-react';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Plugin, build, defineConfig } from 'vite';

const server = 'http://localhost:3000';

/**
 * Chunks that most pages share, so that a change in one page does not send the libraries again, and a page does not ask for a hundred
 * small files. What only some pages use stays out of them: how many count was measured, and a lower number makes pages heavier.
 */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
  {
    name: 'route',
    test: /node_modules[\\/](@tanstack|i18next|react-i18next|i18next-icu|intl-messageformat|@formatjs)/,
    priority: 20,
  },
  { name: 'common', minShareCount: 116, priority: 10 },
  { name: 'icons', test: /node_modules[\\/]@tabler[\\/]icons-react/, minShareCount: 4, priority: 9 },
  {
    name: 'own',
    test: /web[\\/]src[\\/](ui|shell|time|i18n|api|theme|types)[\\/]/,
    minShareCount: 41,
    priority: 8,
  },
  // What every page needs and is some hundred bytes each.
  {
    name: 'small',
    test: /shell[\\/](.*\.module\.css|.*[\\/]?(MeButton|Brand|CohortButton|ask-shell|ToSignIn|PagePending|NoNetwork|mark|address|single-keys)\.)|ui[\\/]page[\\/](OfflineLine|first-click)\.|@mantine[\\/].*(get-env|get-auto-contrast-value|get-safe-id|get-contrast-color|use-force-update|use-window-event)/,
    minShareCount: 2,
    priority: 8,
  },
  // The parts of a topic and of coaching are many and small, and come together.
  { name: 'booking', test: /features[\\/]coaching[\\/](booking|sessions|notes)[\\/]/, minShareCount: 4, priority: 7 },
  {
    name: 'writing',
    test: /features[\\/]forum[\\/](writing|wiki|topic|moderation)[\\/]/,
    minShareCount: 3,
    priority: 7,
  },
  // Where files are let go comes with its page; what sends and shows them comes with the first one.
  { name: 'dropping', test: /ui[\\/]files[\\/](DropZone|useAddFiles|Files\.module)/, minShareCount: 2, priority: 8 },
  { name: 'files', test: /ui[\\/]files[\\/]/, minShareCount: 3, priority: 7 },
  {
    name: 'forum',
    test: /features[\\/]forum[\\/](writing[\\/]begun|.*\.css$)|contracts[\\/]draft-keys/,
    minShareCount: 2,
    priority: 6,
  },
  { name: 'links', test: /features[\\/]cards[\\/](links|lazy|CardsOf)/, minShareCount: 2, priority: 7 },
  { name: 'names', test: /ui[\\/]naming[\\/](tokens|faces)/, minShareCount: 2, priority: 7 },
  {
    name: 'naming',
    test: /ui[\\/]naming[\\/](mentions|as-sent|useSuggestions|useCaret)/,
    minShareCount: 2,
    priority: 7,
  },
];

/** The service worker is one file of its own at the root: what it may answer is what lies below it, and not every browser lets one import others. */
const serviceWorker = (): Plugin => ({
  name: 'cordee-service-worker',
  apply: 'build',
  closeBundle: async () => {
    await build({
      configFile: false,
      root: import.meta.dirname,
      publicDir: false,
      logLevel: 'warn',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: 'dist',
        emptyOutDir: false,
        target: 'es2022',
        rolldownOptions: {
          input: join(import.meta.dirname, 'src/service-worker.ts'),
          output: { format: 'iife', entryFileNames: 'service-worker.js' },
        },
      },
    });
    await pack(join(import.meta.dirname, 'dist/service-worker.js'));
  },
});

/** Beside each script and style their packed forms, which the server hands out as they are: to pack them takes longer than to ask for them. */
const packed = (): Plugin => ({
  name: 'cordee-packed',
  apply: 'build',
  writeBundle: async ({ dir = '' }) => {
    const assets = join(dir, 'assets');
    for (const name of await readdir(assets)) {
      if (/\.(js|css|svg|json)$/.test(name)) await pack(join(assets, name));
    }
  },
});

async function pack(path: string): Promise<void> {
  const bytes = await readFile(path);
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  if (br.length < bytes.length) await writeFile(`${path}.br`, br);
  if (gz.length < bytes.length) await writeFile(`${path}.gz`, gz);
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), packed(), serviceWorker()],
  // The one for all browsers, which is fetched where it is needed, is `temporal-polyfill/global`.
  resolve: { alias: [{ find: /^temporal-polyfill$/, replacement: join(import.meta.dirname, 'src/time/temporal.ts') }] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Which script belongs to which page: read by the test of sizes.
    manifest: true,
    target: 'es2022',
    // A data: URL in a style sheet would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // Without their names: the lists of what belongs to a page are a part of what every page loads.
    rolldownOptions: { output: { codeSplitting: { groups }, chunkFileNames: 'assets/[hash:7].js' } },
  },
  server: {
    proxy: {
      '/api': server,
      '/calendar': server,
      '/files': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
