/** What a sharing system says to its riders. */
import type { Notice } from '../../content.ts'
import { isObject, listAt, textAt, type JsonObject } from '../../json.ts'
import { webAddressOf } from '../../plausible.ts'
import { Ids, withinLimit } from '../../records.ts'
import type { GbfsDocument } from './documents.ts'
import { firstText, idAt, requireKeys, textsAt, timeAt, type GbfsReading } from './values.ts'

const KINDS = ['system_closure', 'station_closure', 'station_move', 'other']

export function alertsOf(
  { data, major, madeMs, name }: GbfsDocument,
  reading: GbfsReading,
): readonly Notice[] {
  const { deviations } = reading
  const ids = new Ids('duplicate_alert_id')
  const notices: Notice[] = []
  for (const [i, record] of withinLimit(listAt(data, 'alerts') ?? [], name, reading).entries()) {
    const where = `${name}/alerts/${i}`
    if (!isObject(record)) {
      deviations.add('type', 'error', where, record, 'an object')
      continue
    }
    requireKeys(record, ['alert_id', 'type', 'summary'], where, reading)
    const kind = textAt(record, 'type')
    if (kind !== '' && !KINDS.includes(kind))
      deviations.add('enum', 'error', `${where}/type`, kind, KINDS.join(', '))
    const id = idAt(record, 'alert_id', where, reading)
    if (!ids.isNew(id, where, reading)) continue
    notices.push({
      id,
      headline: textsAt(record, 'summary', where, reading),
      text: textsAt(record, 'description', where, reading),
      ...periodOf(record, major, madeMs, where, reading),
      severity: '',
      urgency: '',
      certainty: '',
      isExercise: false,
      areas: [],
      routeIds: [],
      stopIds: (listAt(record, 'station_ids') ?? []).filter((id) => typeof id === 'string'),
      url: webAddressOf(firstText(textsAt(record, 'url', where, reading), reading)),
      isCancelled: false,
    })
  }
  return notices
}

/** From its first time to its last; where it gives none from when the file was made or, unknown, is read, until further notice. */
function periodOf(
  record: JsonObject,
  major: number,
  madeMs: number,
  where: string,
  reading: GbfsReading,
): Pick<Notice, 'fromMs' | 'untilMs'> {
  let fromMs = Infinity
  let untilMs = -Infinity
  for (const [i, time] of (listAt(record, 'times') ?? []).entries()) {
    if (!isObject(time)) continue
    const at = `${where}/times/${i}`
    requireKeys(time, ['start'], at, reading)
    const start = timeAt(time, 'start', major, at, reading)
    const end = timeAt(time, 'end', major, at, reading)
    if (Number.isNaN(start)) continue
    if (end < start)
      reading.deviations.add('time', 'error', `${at}/end`, time['end'], 'a time after the start')
    fromMs = Math.min(fromMs, start)
    untilMs = Math.max(untilMs, end >= start ? end : Infinity)
  }
  if (fromMs < Infinity) return { fromMs, untilMs }
  return { fromMs: Number.isNaN(madeMs) ? reading.options.nowMs : madeMs, untilMs: Infinity }
}
