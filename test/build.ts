import { buildIfOlder } from '#server/demo.ts'

/**
 * The web app is built once, before tests that start servers side by side would each build it. The test runner sets NODE_ENV to
 * "test", and a build would take that for no production.
 */
export default async function build() {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await buildIfOlder()
  } finally {
    process.env.NODE_ENV = before
  }
}
