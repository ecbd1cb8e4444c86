/**
 * One request for a feed: conditional, within limits of bytes, time and redirects, unpacked as it comes so that a small body cannot
 * become a large one.
 */
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { checkHost, publicLookup } from './addressGuard.ts'

const gunzipped = promisify(gunzip)
const brotliUnpacked = promisify(brotliDecompress)
const inflated = promisify(inflate)
const inflatedRaw = promisify(inflateRaw)

export interface FetchLimits {
  /** Of the body once unpacked. */
  readonly mostBytes: number
  readonly mostMs: number
}

export const FETCH_LIMITS: FetchLimits = { mostBytes: 200_000_000, mostMs: 30_000 }
const MOST_REDIRECTS = 5

export interface FeedRequest {
  readonly url: string
  /** Of the last answer: what has not changed is not sent again. */
  readonly etag?: string
  readonly lastModified?: string
  /** Keys of the partner, and the like. */
  readonly headers?: Readonly<Record<string, string>>
  /** Also from addresses of one's own network; only for who runs the server to say. */
  readonly allowPrivate?: boolean
}

export type FeedAnswer =
  | { readonly isNew: false }
  | {
      readonly isNew: true
      readonly bytes: Uint8Array
      readonly contentType: string
      readonly etag: string | undefined
      readonly lastModified: string | undefined
      /** Where it came from, after all redirects. */
      readonly url: string
    }

/** Throws an Error with a sentence: what was asked for, what came, what was due. */
export async function fetchFeed(asked: FeedRequest, limits: FetchLimits = FETCH_LIMITS): Promise<FeedAnswer> {
  const signal = AbortSignal.timeout(limits.mostMs)
  try {
    return await follow(asked, limits.mostBytes, signal)
  } catch (error) {
    const why = signal.aborted ? `no whole answer in ${limits.mostMs / 1000} s` : (error as Error).message
    throw new Error(`${withoutKeys(asked.url)}: ${why}`, { cause: error })
  }
}

async function follow(asked: FeedRequest, mostBytes: number, signal: AbortSignal): Promise<FeedAnswer> {
  let url = new URL(asked.url)
  for (let redirects = 0; ; redirects++) {
    const answer = await answerOf(url, asked, signal)
    const { statusCode = 0, headers } = answer
    if (statusCode === 304) {
      answer.destroy()
      return { isNew: false }
    }
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      answer.destroy()
      if (redirects === MOST_REDIRECTS) throw new Error(`redirected more than ${MOST_REDIRECTS} times`)
      url = new URL(headers.location, url)
      continue
    }
    if (statusCode !== 200) {
      answer.destroy()
      throw new Error(`answered ${statusCode}, expected 200`)
    }
    return {
      isNew: true,
      bytes: await unpacked(
        await bodyOf(answer, mostBytes),
        headers['content-encoding'] ?? 'identity',
        mostBytes,
      ),
      contentType: headers['content-type'] ?? '',
      etag: headers.etag,
      lastModified: headers['last-modified'],
      url: url.href,
    }
  }
}

function answerOf(url: URL, asked: FeedRequest, signal: AbortSignal): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error(`${url.protocol} came, expected http: or https:`)
  if (asked.allowPrivate !== true) checkHost(url)
  // keys are for the partner, not for whom it sends us on to
  const isAsked = url.origin === new URL(asked.url).origin
  const headers = {
    'user-agent': 'citytwin',
    'accept-encoding': 'gzip, deflate, br',
    ...(isAsked && asked.headers),
    ...(asked.etag !== undefined && { 'if-none-match': asked.etag }),
    ...(asked.lastModified !== undefined && { 'if-modified-since': asked.lastModified }),
  }
  const lookup = asked.allowPrivate === true ? undefined : publicLookup
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    request(url, { headers, signal, lookup }).on('response', resolve).on('error', reject).end()
  })
}

/** As the answer says it is packed; nothing becomes larger than `mostBytes`. */
async function unpacked(packed: Uint8Array, encoding: string, mostBytes: number): Promise<Uint8Array> {
  const limit = { maxOutputLength: mostBytes }
  switch (encoding) {
    case 'identity':
      return packed
    case 'gzip':
    case 'x-gzip':
      return gunzipped(packed, limit)
    case 'br':
      return brotliUnpacked(packed, limit)
    case 'deflate':
      // some servers leave out the wrapping that the standard asks for (RFC 9110 §8.4.1.2)
      return (packed[0] & 0x0f) === 8 ? inflated(packed, limit) : inflatedRaw(packed, limit)
    default:
      throw new Error(`packed as ${encoding}, expected gzip, deflate or br`)
  }
}

/** What may be told: names and keys of the partner stand in the query, or before the host. */
function withoutKeys(url: string): string {
  if (!URL.canParse(url)) return 'the address of the feed'
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

async function bodyOf(answer: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    length += piece.length
    // leaving the loop ends the request
    if (length > mostBytes) throw new Error(`more than ${mostBytes} bytes`)
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces, length))
}
