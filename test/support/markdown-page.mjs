/** Prints the script that a page needs to show a text by the renderer of the app (web/test/markdown-page.tsx), as one file. */
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../../web');
const { output } = await build({
  configFile: false,
  root,
  publicDir: false,
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    write: false,
    target: 'es2022',
    rolldownOptions: {
      input: join(root, 'test/markdown-page.tsx'),
      output: { format: 'iife', codeSplitting: false },
    },
  },
});
process.stdout.write(output.find((one) => one.type === 'chunk').code);
