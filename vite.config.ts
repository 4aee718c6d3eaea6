import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Packs what the browser asks for once at the build, so that the server never packs it again. Fonts are packed already. */
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    const files = readdirSync(join(dir, 'assets')).filter((name) => /\.(m?js|css|svg)$/.test(name))
    for (const name of files) {
      const file = join(dir, 'assets', name)
      const bytes = readFileSync(file)
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
    }
  },
})

type Imports = (id: string) => { importedIds: readonly string[] } | null
let first: Set<string> | undefined
/** Every module that the entry imports, directly or through others, before any page is chosen. */
function firstLoad(of: Imports): ReadonlySet<string> {
  if (first) return first
  first = new Set([path('web/main.tsx')])
  for (const id of first) for (const imported of of(id)?.importedIds ?? []) first.add(imported)
  return first
}

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
    packed(),
  ],
  build: {
    outDir: path('dist'),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    // A piece of a page whose style did not come is not asked for its style again.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // What every first load needs, in two pieces: each request costs a browser milliseconds, and sixty small ones pack badly.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              debugName: 'first load',
              name(id, graph) {
                if (!firstLoad((known) => graph.getModuleInfo(known)).has(id)) return null
                return /[\\/]node_modules[\\/]/.test(id) ? 'libraries' : 'frame'
              },
            },
          ],
        },
      },
    },
  },
  server: {
    // web/live.ts and web/map/*.ts are modules of the app and stay here; only paths without a dot go to the server.
    proxy: Object.fromEntries(
      [
        '^/trpc/',
        '^/live(\\?|$)',
        '^/alive$',
        '^/ingest/',
        '^/export/',
        '^/registry/(preview|apply|mappings)$',
        '^/sources/(preview|import|mappings)$',
        '^/screens/(ask|claim|here)$',
        '^/map/[^.]*$',
      ].map((path) => [path, 'http://127.0.0.1:8080']),
    ),
  },
  test: {
    root: path('.'),
    include: ['{web,server,seed,test}/**/*.test.{ts,tsx}'],
    globalSetup: './test/build.ts',
    reporters: ['default', './test/closing-line.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
