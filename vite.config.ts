import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/sandbox/page',
  // Relative, so that the pages work under any path a reverse proxy gives them.
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../../dist/pages',
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/sandbox': 'http://127.0.0.1:3000' },
  },
})
