/**
 * Entries of an Atom or RSS list of alerts that carry no alert: what they say of one in fields of CAP is a notice, and where the whole
 * alert lies is a link.
 */
import type { FeedLink, Notice } from '../../content.ts'
import { webAddressOf } from '../../plausible.ts'
import type { Reading } from '../../records.ts'
import { childrenOf, textOf, type Element } from '../../xml.ts'
import { certainties, oneOf, periodOf, severities, timeIn, urgencies } from './alert.ts'
import { ringsOf } from './area.ts'

export interface ReadEntry {
  readonly id: string
  readonly link: FeedLink | undefined
  /** Undefined where it only points to its alert. */
  readonly notice: Notice | undefined
}

export function entryOf(entry: Element, where: string, reading: Reading): ReadEntry {
  const id = textOf(entry, 'identifier') || textOf(entry, 'id') || textOf(entry, 'guid')
  const url = addressOf(entry)
  const link = url === '' ? undefined : { name: textOf(entry, 'title') || id, url }
  const status = textOf(entry, 'status')
  const type = textOf(entry, 'msgType') || textOf(entry, 'message_type')
  const isSaid = textOf(entry, 'event') !== '' && status !== '' && (type === 'Alert' || type === 'Update')
  if (!isSaid) return { id, link, notice: undefined }
  const sentMs = timeIn(
    entry,
    ['sent', 'published'].find((name) => textOf(entry, name) !== '') ?? 'updated',
    where,
    reading,
  )
  return {
    id,
    link,
    notice: {
      id,
      headline: { '': textOf(entry, 'headline') || textOf(entry, 'title') || textOf(entry, 'event') },
      text: { '': textOf(entry, 'summary') || textOf(entry, 'description') },
      ...periodOf(entry, Number.isNaN(sentMs) ? reading.options.nowMs : sentMs, where, reading),
      severity: oneOf(entry, 'severity', severities, where, reading) ?? '',
      urgency: oneOf(entry, 'urgency', urgencies, where, reading) ?? '',
      certainty: oneOf(entry, 'certainty', certainties, where, reading) ?? '',
      isExercise: status !== 'Actual',
      areas: ringsOf(entry, where, reading),
      routeIds: [],
      stopIds: [],
      url,
      isCancelled: false,
    },
  }
}

/** Atom's link that is of the alert, else the first; RSS's own. */
function addressOf(entry: Element): string {
  const links = childrenOf(entry, 'link')
  const ofAlert = links.find(({ attributes }) => attributes['type'] === 'application/cap+xml')
  const link = ofAlert ?? links[0]
  return webAddressOf(link?.attributes['href'] ?? link?.text ?? '')
}
