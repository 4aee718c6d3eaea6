/** This machine, as a browser on it calls it; the whole name, for `127.evil.example` is a name anybody can own. */
export const isLoopback = (host: string) =>
  host === '::1' || /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(host)

const LONGEST_SHOWN = 100

/**
 * A page of a stranger may point its own name at this machine (DNS rebinding) and then read, as the same origin, what only this
 * machine can reach: so a server bound to the loopback answers to the names of the loopback and to those the operator allows, and
 * a server with allowed names answers to no other. Returns what to say instead of an answer; undefined = go on.
 */
export function hostGuard(host: string, allowed: readonly string[]) {
  const names = new Set(allowed.map((name) => name.toLowerCase()))
  if (!isLoopback(host) && names.size === 0) return () => undefined
  return (request: Request): Response | undefined => {
    const { hostname } = new URL(request.url)
    const asked = hostname.toLowerCase().replace(/\.$/, '')
    if (isLoopback(asked) || names.has(asked)) return undefined
    return Response.json(
      {
        error: `this server does not answer to the name "${asked.slice(0, LONGEST_SHOWN)}": open it as localhost, or add the name to ALLOWED_HOSTS if it is yours`,
      },
      { status: 403, headers: { 'cache-control': 'no-store' } },
    )
  }
}
