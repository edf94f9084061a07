import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://localhost:3000';

/** Chunks that most pages share, so that a change in one page does not send the libraries again. */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
  {
    name: 'route',
    test: /node_modules[\\/](@tanstack|i18next|react-i18next|i18next-icu|intl-messageformat|@formatjs)/,
    priority: 20,
  },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
