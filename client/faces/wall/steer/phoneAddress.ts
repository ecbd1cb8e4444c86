/** Where a phone finds the public face of this wall's server. */

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/

/** Whether a host name means the same machine that asks, and no other finds it. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

/**
 * The public face beside the wall's page at `wallAddress`, or under `base` where the address says `qr=https://…`; undefined where
 * `qr=off` says so, or the server is known to its own machine only, which no phone finds.
 */
export function phoneAddress(
  base: string | undefined,
  wallAddress: string,
  query: string,
): string | undefined {
  if (base === 'off') return undefined
  const wall = new URL(wallAddress)
  if (base !== undefined) return new URL(query, base.endsWith('/') ? base : `${base}/`).href
  if (isLoopback(wall.hostname)) return undefined
  return new URL(`./${query}`, `${wall.origin}${wall.pathname}`).href
}
