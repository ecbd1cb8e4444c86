/**
 * Which addresses a feed may be fetched from: those of the public internet. A feed's address is written by people and redirected by
 * strangers, and must not make the server ask its own network (server-side request forgery, OWASP).
 */
import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Special-purpose addresses of the IANA registries for IPv4 and IPv6 (RFC 6890), and multicast. */
const special = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  special.addSubnet(network, bits, 'ipv6')

export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && !special.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Throws when the host of `url` is an address that is not public; of a name, see `publicLookup`. */
export function checkHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new Error(refusal(host, host))
}

/** Looks a name up and fails when any of its addresses is not public. What it gives is what is connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, [])
    const strange = addresses.find(({ address }) => !isPublicAddress(address))
    if (strange !== undefined) return callback(new Error(refusal(hostname, strange.address)), [])
    if (options.all === true) return callback(null, addresses)
    const [first]: readonly LookupAddress[] = addresses
    return callback(null, first.address, first.family)
  })
}

function refusal(host: string, address: string): string {
  const what = host === address ? host : `${host} is ${address}, which`
  return `${what} is not on the public internet; feeds of one's own network are allowed by allowPrivate or --private`
}
