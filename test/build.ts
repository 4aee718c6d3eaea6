import { buildIfOlder } from '#server/demo.ts'

/** The web app is built once, before tests that start servers side by side would each build it. */
export default buildIfOlder
