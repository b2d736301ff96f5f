import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.js';
import { NONCE_PLACEHOLDER } from './build/nonce-placeholder.js';

const api = process.env['CHRONOS_URL'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // `#client` and `#contracts` are taken from their sources.
  resolve: { conditions: ['chronos-src', 'module', 'browser', 'development|production'] },
  plugins: [react(), precompress()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: fileURLToPath(new URL('../../dist-dashboard', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Inlined assets would be `data:` addresses, which the policy allows for pictures only.
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: api, changeOrigin: false } },
  },
});
