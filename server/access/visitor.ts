/** Who is at the door: address, host and scheme of a request, as the proxies that are trusted say. */
import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

export interface Visitor {
  readonly address: string
  /** Name and port that the page was asked under; undefined for programs that do not say. */
  readonly host: string | undefined
  readonly isSecure: boolean
}

/** `trustedProxies` are how many stand before the server; without any, nothing that was forwarded is believed. */
export function visitorOf(request: IncomingMessage, trustedProxies: number): Visitor {
  const { headers, socket } = request
  const own = { address: socket.remoteAddress ?? '', host: headers.host, isSecure: 'encrypted' in socket }
  if (trustedProxies === 0) return own
  // each proxy adds the address it was called from; what stands further left is hearsay
  const called = listOf(headers['x-forwarded-for'])
  const address = called.at(-trustedProxies) ?? called[0] ?? own.address
  const proto = listOf(headers['x-forwarded-proto']).at(-1)
  return {
    address,
    host: listOf(headers['x-forwarded-host']).at(-1) ?? own.host,
    isSecure: proto === undefined ? own.isSecure : proto === 'https',
  }
}

/** Whether a request comes from a page of this server, or from a program, which sends no Origin. CORS does not guard sockets. */
export function isOwnPage(request: IncomingMessage, { host, isSecure }: Visitor): boolean {
  const { origin } = request.headers
  if (origin === undefined) return true
  try {
    const from = new URL(origin)
    // a proxy that ends TLS without saying so is let pass: only https pages are ever behind one
    return from.host === host && (from.protocol === 'https:' || !isSecure)
  } catch {
    return false
  }
}

/** Whether a host is this machine's own name for itself. Any other on loopback is a page of elsewhere that had its name point here. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  )
}

/** What limits count by: an IPv4 address, or the /64 that an IPv6 address shares with all others of its household. */
export function limitKey(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (v4 !== null) return v4[1]
  if (!isIPv6(address)) return address
  const [head, tail] = address.split('%')[0].split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const last = tail === undefined ? [] : tail.split(':').filter((group) => group !== '')
  while (tail !== undefined && groups.length + last.length < 8) groups.push('0')
  return [...groups, ...last]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')
}

function listOf(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
