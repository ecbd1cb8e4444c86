/**
 * `npm run -s feed -- check FILE-OR-URL [--format ID] [--settings FILE.json] [--utc-offset HOURS] [--private]`: what a feed is, whether it
 * is valid, and what would be shown of it. Prints last one JSON object. Exit 0 when it has no error against its standard, else 1.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Deviation } from '../feeds/deviations.ts'
import { fetchFeed } from '../feeds/fetch/fetchFeed.ts'
import type { FeedFile } from '../feeds/format.ts'
import { readFeed } from '../feeds/readFeed.ts'
import { shownOf, type Shown } from '../feeds/shown.ts'

const USAGE =
  'npm run -s feed -- check FILE-OR-URL [--format ID] [--settings FILE.json] [--utc-offset HOURS] [--private]'

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      settings: { type: 'string' },
      'utc-offset': { type: 'string', default: '0' },
      private: { type: 'boolean', default: false },
    },
  })
  const [what, name] = positionals
  if (what !== 'check' || name === undefined || positionals.length > 2)
    throw new Error(`got ${positionals.join(' ') || 'nothing'}, expected: ${USAGE}`)
  const utcOffsetS = Number(values['utc-offset']) * 3600
  if (!(Math.abs(utcOffsetS) <= 18 * 3600))
    throw new Error(`--utc-offset: ${values['utc-offset']} came, expected hours from -18 to 18`)
  const file = await fileOf(name, values.private)
  const nowMs = Date.now()
  const settings = values.settings === undefined ? undefined : await settingsOf(values.settings)
  const { format, content, deviations } = readFeed(
    file,
    { nowMs, utcOffsetS, ...(settings !== undefined && { settings }) },
    values.format,
  )
  const { madeMs } = content
  const shown = shownOf(content)
  const examples = deviations.examples()
  const errors = rulesOf(examples, 'error')
  console.log(`${format.title}, ${file.bytes.length} bytes, ${madeOf(madeMs, nowMs)}`)
  for (const each of shown) console.log(`  ${lineOf(each)}`)
  if (shown.length === 0) console.log('  nothing of it would be shown')
  for (const [rule, count] of deviations.byRule()) {
    const own = examples.filter((example) => example.rule === rule)
    console.log(`${own[0].severity} ${rule}, ${count} times`)
    for (const { where, came, due } of own) console.log(`  ${where}: ${came} came, ${due} was due`)
  }
  console.log(errors.length === 0 ? 'valid' : `not valid: ${errors.join(', ')}`)
  console.log(
    JSON.stringify({
      format: format.id,
      isValid: errors.length === 0,
      made: Number.isFinite(madeMs) ? new Date(madeMs).toISOString() : null,
      shown: shown.map(({ what, count }) => ({ what, count })),
      deviations: Object.fromEntries(deviations.byRule()),
    }),
  )
  return errors.length === 0 ? 0 : 1
}

async function fileOf(name: string, allowPrivate: boolean): Promise<FeedFile> {
  if (!/^https?:\/\//i.test(name)) return { name, bytes: await readFile(name) }
  const answer = await fetchFeed({ url: name, allowPrivate })
  if (!answer.isNew) throw new Error(`${name}: answered 304 to what was asked for the first time`)
  return { name: answer.url, bytes: answer.bytes }
}

async function settingsOf(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function rulesOf(examples: readonly Deviation[], severity: Deviation['severity']): string[] {
  const own = examples.filter((example) => example.severity === severity)
  return [...new Set(own.map(({ rule }) => rule))]
}

function madeOf(madeMs: number, nowMs: number): string {
  if (!Number.isFinite(madeMs)) return 'which does not say when it was made'
  const minutes = Math.round((nowMs - madeMs) / 60_000)
  const ago =
    minutes < 120
      ? `${minutes} min`
      : minutes < 2880
        ? `${Math.round(minutes / 60)} h`
        : `${Math.round(minutes / 1440)} days`
  return `made ${timeOf(madeMs)}, ${ago} ago`
}

function lineOf({ what, count, box, fromMs, untilMs }: Shown): string {
  const where = box === undefined ? '' : `, ${box.map((degrees) => degrees.toFixed(4)).join(' ')}`
  const when =
    fromMs === undefined || untilMs === undefined ? '' : `, ${timeOf(fromMs)} to ${timeOf(untilMs)}`
  return `${count} ${what}${where}${when}`
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`feed: ${(error as Error).message}`)
  process.exitCode = 1
}
