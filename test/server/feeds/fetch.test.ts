/** Fetching a feed: what is refused before it is asked for, and what an answer may do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkHost, isPublicAddress } from '../../../server/feeds/fetch/addressGuard.ts'
import { fetchFeed, type FeedRequest } from '../../../server/feeds/fetch/fetchFeed.ts'

describe('an address', () => {
  it.each([
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['8.8.8.8', true],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:7f00:1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2606:4700:4700::1111', true],
    ['no address', false],
  ])('%s is of the public internet: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })

  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
  ])('written as %s is seen through', (url) => {
    expect(() => checkHost(new URL(url))).toThrow(/not on the public internet/)
  })
})

describe('a feed', () => {
  const asked: IncomingMessage[] = []
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {}
  const server = createServer((request, response) => {
    asked.push(request)
    answers[request.url!.split('?')[0]](request, response)
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const get = (path: string, more: Partial<FeedRequest> = {}, limits = { mostBytes: 1000, mostMs: 2000 }) =>
    fetchFeed({ url: base + path, allowPrivate: true, ...more }, limits)
  const text = async (path: string) => {
    const answer = await get(path)
    return answer.isNew ? new TextDecoder().decode(answer.bytes) : 'unchanged'
  }

  it('of our own network is not asked for unless that is allowed', async () => {
    answers['/own'] = (_, response) => response.end('secret')
    const before = asked.length
    await expect(get('/own', { allowPrivate: false })).rejects.toThrow(/not on the public internet/)
    await expect(
      get('/own', { allowPrivate: false, url: base.replace('127.0.0.1', 'localhost') + '/own' }),
    ).rejects.toThrow(/not on the public internet/)
    expect(asked.length).toBe(before)
    expect(await text('/own')).toBe('secret')
  })

  it('that is not asked for by HTTP is refused', async () => {
    await expect(get('', { url: 'file:///etc/passwd' })).rejects.toThrow(
      /file: came, expected http: or https:/,
    )
    answers['/to-file'] = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    await expect(get('/to-file')).rejects.toThrow(/file: came/)
  })

  it('is asked for again only if it has changed', async () => {
    answers['/etag'] = (request, response) => {
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end()
      else response.setHeader('etag', '"7"').end('new')
    }
    const first = await get('/etag')
    expect(first).toMatchObject({ isNew: true, etag: '"7"' })
    expect(await get('/etag', { etag: '"7"' })).toEqual({ isNew: false })
  })

  it('is followed to where it has moved, without the keys of the first place', async () => {
    answers['/moved'] = (_, response) =>
      response.writeHead(302, { location: base.replace('127.0.0.1', 'localhost') + '/there' }).end()
    answers['/there'] = (_, response) => response.end('here')
    const answer = await get('/moved', { headers: { 'x-api-key': 'k' } })
    expect(answer).toMatchObject({ isNew: true, url: expect.stringContaining('localhost') })
    expect(asked.at(-2)!.headers['x-api-key']).toBe('k')
    expect(asked.at(-1)!.headers['x-api-key']).toBeUndefined()
    answers['/round'] = (_, response) => response.writeHead(302, { location: '/round' }).end()
    await expect(get('/round')).rejects.toThrow(/redirected more than 5 times/)
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ] as const)('packed as %s is unpacked', async (encoding, pack) => {
    answers['/packed'] = (_, response) => response.setHeader('content-encoding', encoding).end(pack('plain'))
    expect(await text('/packed')).toBe('plain')
  })

  it('that is too large, packed or unpacked, is left', async () => {
    answers['/large'] = (_, response) => response.end(Buffer.alloc(2000))
    answers['/bomb'] = (_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000)))
    await expect(get('/large')).rejects.toThrow(/more than 1000 bytes/)
    await expect(get('/bomb')).rejects.toThrow(/larger than 1000 bytes/)
  })

  it('that does not come in time is left, and its keys are not told', async () => {
    answers['/slow'] = () => {}
    answers['/drip'] = (_, response) => void response.write('a')
    const limits = { mostBytes: 1000, mostMs: 100 }
    await expect(get('/slow?key=hidden', {}, limits)).rejects.toThrow(
      /^http:[^?]*\/slow: no whole answer in 0.1 s$/,
    )
    await expect(get('/drip', {}, limits)).rejects.toThrow(/no whole answer/)
  })

  it('that is not there says what was answered', async () => {
    answers['/none'] = (_, response) => response.writeHead(503).end()
    await expect(get('/none')).rejects.toThrow(/answered 503, expected 200/)
  })
})
