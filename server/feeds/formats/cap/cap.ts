/** CAP, the Common Alerting Protocol 1.2: one alert, or a list of them as Atom, RSS or any envelope that holds alerts. */
import type { FeedContent, FeedLink, Notice } from '../../content.ts'
import { FeedError, headOf, type FeedFile, type FeedFormat } from '../../format.ts'
import { timeOf } from '../../plausible.ts'
import { Ids, possibleTime, withinLimit, type Reading } from '../../records.ts'
import { parseXml, rootNameOf, textOf, type Element } from '../../xml.ts'
import { alertOf, type ReadAlert } from './alert.ts'
import { entryOf, type ReadEntry } from './entry.ts'

const ENTRIES = ['entry', 'item']
const ENVELOPES = ['feed', 'rss', 'RDF', 'alerts', 'EDXLDistribution']

export const cap: FeedFormat = {
  title: 'CAP 1.2: warnings and alerts',
  id: 'cap',
  isLike,
  read(file, options, deviations): FeedContent {
    const reading = { options, deviations }
    const root = parseXml(file.bytes)
    const parts = root.name === 'alert' ? [root] : partsOf(root)
    if (parts.length === 0 && !ENVELOPES.includes(root.name))
      throw new FeedError(`cap: <${root.name}> came, <alert> or a list of alerts is due`)
    const ids = new Ids()
    const alerts: ReadAlert[] = []
    const entries: ReadEntry[] = []
    for (const [i, part] of withinLimit(parts, file.name, reading).entries()) {
      if (part.name === 'alert') {
        const where = `alert ${textOf(part, 'identifier') || i}`
        const alert = alertOf(part, where, reading)
        if (alert !== undefined && ids.isNew(alert.id, where, reading)) alerts.push(alert)
      } else {
        const where = `entry ${i}`
        const entry = entryOf(part, where, reading)
        if (ids.isNew(entry.id, where, reading)) entries.push(entry)
      }
    }
    const links = entries.flatMap(({ link }): readonly FeedLink[] => (link === undefined ? [] : [link]))
    return {
      madeMs: madeOf(root, alerts, reading),
      notices: noticesOf(alerts, entries),
      ...(links.length > 0 && { links }),
    }
  },
}

/** What came is in any order: those that another of the same list takes back are left out, the taking back stays. */
function noticesOf(alerts: readonly ReadAlert[], entries: readonly ReadEntry[]): readonly Notice[] {
  const gone = new Set(alerts.flatMap(({ takesBack }) => takesBack))
  const said = alerts.flatMap(({ id, notices }) =>
    gone.has(id) ? notices.filter(({ isCancelled }) => isCancelled) : notices,
  )
  const unique = new Map(said.map((notice) => [`${notice.id} ${notice.isCancelled}`, notice]))
  const listed = entries.flatMap(({ notice }) => (notice === undefined ? [] : [notice]))
  return [...unique.values(), ...listed]
}

/** Alerts wherever they lie, and the entries of a list that hold none. */
function partsOf(element: Element, parts: Element[] = []): readonly Element[] {
  for (const child of element.children) {
    const before = parts.length
    if (child.name === 'alert') parts.push(child)
    else partsOf(child, parts)
    if (parts.length === before && ENTRIES.includes(child.name)) parts.push(child)
  }
  return parts
}

/** When the list was made, else the last alert sent. */
function madeOf(root: Element, alerts: readonly ReadAlert[], reading: Reading): number {
  const came = textOf(root, 'updated')
  if (came !== '') return possibleTime(timeOf(came, reading.options.utcOffsetS), came, 'updated', reading)
  const sent = alerts.map(({ sentMs }) => sentMs).filter((ms) => !Number.isNaN(ms))
  return sent.reduce((last, ms) => Math.max(last, ms), sent[0] ?? NaN)
}

function isLike(file: FeedFile): boolean {
  const head = headOf(file)
  if (!head.startsWith('<')) return false
  const root = rootNameOf(head)
  if (root === 'alert') return true
  return ENVELOPES.includes(root) && (head.includes('emergency:cap:') || /\bcap\b/i.test(file.name))
}
