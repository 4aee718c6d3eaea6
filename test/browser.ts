import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const CACHE = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url))

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--hide-scrollbars',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
]

/**
 * A Chromium: the one at CHROMIUM_PATH, else the one inside the npm package, unpacked once together with the libraries
 * that a bare system lacks. WebGL runs on the software renderer.
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH
  if (given) return chromium.launch({ executablePath: given, args: FLAGS })
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [...FLAGS, '--headless', '--no-zygote'],
    env: {
      ...process.env,
      // A bare system has no nss, and none is installed for it: the packed ones are used.
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(folder, 'al2023', 'lib')]
        .filter(Boolean)
        .join(':'),
    },
  })
}

/** The package unpacks into TMPDIR and takes a half-written file for a whole one; so: a folder of our own, renamed when done. */
async function unpacked(): Promise<string> {
  const folder = join(CACHE, 'chromium')
  if (existsSync(join(folder, 'chromium'))) return folder
  await mkdir(CACHE, { recursive: true })
  const partial = await mkdtemp(join(CACHE, 'chromium-'))
  await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      "await (await import('@sparticuz/chromium')).default.executablePath()",
    ],
    // The package adds the nss libraries only where it believes to be on that platform.
    { env: { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' } },
  )
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }))
  return folder
}
