/** Who is at the door, by what is believed of a request's headers. */
import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { AddressBuckets, AddressCounts } from '../../../server/access/perAddress.ts'
import { isLoopbackHost, isOwnPage, limitKey, visitorOf } from '../../../server/access/visitor.ts'

const from = (headers: Record<string, string>, remoteAddress = '10.0.0.9') =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage

describe('a visitor', () => {
  const forwarded = from({
    host: '127.0.0.1:4400',
    'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.1',
    'x-forwarded-host': 'twin.example',
    'x-forwarded-proto': 'https',
  })

  it('is who the connection says when no proxy is trusted', () => {
    expect(visitorOf(forwarded, 0)).toEqual({ address: '10.0.0.9', host: '127.0.0.1:4400', isSecure: false })
  })

  it('is who as many proxies say as are trusted, whatever stands further left', () => {
    expect(visitorOf(forwarded, 1).address).toBe('10.0.0.1')
    expect(visitorOf(forwarded, 2)).toEqual({ address: '203.0.113.7', host: 'twin.example', isSecure: true })
  })

  it.each([
    ['its own page', 0, { host: 'a:1', origin: 'http://a:1' }, true],
    ['a program', 0, { host: 'a:1' }, true],
    ['another port', 0, { host: 'a:1', origin: 'http://a:2' }, false],
    ['another host', 0, { host: 'a', origin: 'https://evil.example' }, false],
    ['a sandboxed page', 0, { host: 'a', origin: 'null' }, false],
    [
      'a page behind TLS',
      1,
      { host: 'x', 'x-forwarded-host': 'a', 'x-forwarded-proto': 'https', origin: 'https://a' },
      true,
    ],
    ['a plain page of a TLS host', 1, { host: 'a', 'x-forwarded-proto': 'https', origin: 'http://a' }, false],
    ['a forwarded host nobody trusts', 0, { host: 'a', 'x-forwarded-host': 'b', origin: 'http://b' }, false],
  ] as const)('%s with %d trusted proxies and %j is own: %s', (_case, trusted, headers, isOwn) => {
    const request = from(headers)
    expect(isOwnPage(request, visitorOf(request, trusted))).toBe(isOwn)
  })

  it.each(['localhost:4400', '127.0.0.1', '127.8.0.1:1', '[::1]:4400', 'a.localhost'])(
    'on %s is at home',
    (host) => expect(isLoopbackHost(host)).toBe(true),
  )
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.1:4400', ''])(
    'on %j is not',
    (host) => expect(isLoopbackHost(host)).toBe(false),
  )
})

describe('limits by address', () => {
  it.each([
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
    ['2001:0db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('take %s for %s', (address, key) => expect(limitKey(address)).toBe(key))

  it('let one address run dry and no other', () => {
    const buckets = new AddressBuckets({ atOnce: 2, perMinute: 60 })
    expect([1, 2, 3].map(() => buckets.take('a', 0))).toEqual([true, true, false])
    expect([buckets.take('b', 0), buckets.take('a', 1000)]).toEqual([true, true])
  })

  it('count what is open, once on and once off', () => {
    const counts = new AddressCounts()
    const off = counts.add('10.0.0.1')
    counts.add('::ffff:10.0.0.1')
    off()
    expect([counts.of('10.0.0.1'), counts.of('10.0.0.2')]).toEqual([1, 0])
  })
})
