/** The server says that there is no such thing. */
export const isUnknown = (error: unknown): boolean =>
  error instanceof Error &&
  'data' in error &&
  typeof error.data === 'object' &&
  error.data !== null &&
  'code' in error.data &&
  error.data.code === 'NOT_FOUND'
