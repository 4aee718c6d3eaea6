import { fileURLToPath } from 'node:url'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('web'),
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: path('web/routes'),
      generatedRouteTree: path('web/routeTree.gen.ts'),
    }),
    react(),
  ],
  build: { outDir: path('dist'), emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1200 },
  server: {
    proxy: Object.fromEntries(
      ['/trpc', '/live', '/ingest', '/export', '/map'].map((p) => [p, 'http://127.0.0.1:8080']),
    ),
  },
  test: {
    root: path('.'),
    include: ['{web,server,seed,test}/**/*.test.{ts,tsx}'],
    reporters: ['default', './test/closing-line.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
