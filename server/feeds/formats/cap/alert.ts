/**
 * One alert of CAP 1.2 as notices. Its infos that differ in language alone are one notice in several languages; those that differ in
 * what they say, when or where are notices of their own, numbered after the first. What its references name is taken back.
 */
import type { Notice, Texts } from '../../content.ts'
import { hasZone, timeOf, webAddressOf } from '../../plausible.ts'
import { possibleTime, withinLimit, type Reading } from '../../records.ts'
import { childrenOf, textOf, type Element } from '../../xml.ts'
import { areasOf } from './area.ts'

export const severities = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export const urgencies = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export const certainties = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const
const statuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const
const messageTypes = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const
const scopes = ['Public', 'Restricted', 'Private'] as const

/** Of an info that names none, by the standard. */
const LANGUAGE = 'en-US'
const MOST_REFERENCES = 1000

export interface ReadAlert {
  readonly id: string
  readonly sentMs: number
  readonly notices: readonly Notice[]
  /** Ids of the earlier ones that it takes back. */
  readonly takesBack: readonly string[]
}

/** Undefined when it has no id, is no notice to the public, or says nothing that can be told from an exercise. */
export function alertOf(alert: Element, where: string, reading: Reading): ReadAlert | undefined {
  const { deviations } = reading
  for (const name of ['identifier', 'sender', 'sent', 'status', 'msgType', 'scope'])
    if (textOf(alert, name) === '')
      deviations.add('required', 'error', `${where}/${name}`, undefined, `${name}, which is required`)
  const id = textOf(alert, 'identifier')
  const status = oneOf(alert, 'status', statuses, where, reading)
  const messageType = oneOf(alert, 'msgType', messageTypes, where, reading)
  const scope = oneOf(alert, 'scope', scopes, where, reading)
  if (id === '' || status === undefined || messageType === undefined) return undefined
  if (messageType === 'Ack' || messageType === 'Error') return undefined
  if (scope === 'Restricted' || scope === 'Private') {
    deviations.add('scope', 'warning', `${where}/scope`, scope, 'Public; what is not is left out')
    return undefined
  }
  const sentMs = timeIn(alert, 'sent', where, reading)
  const sinceMs = Number.isNaN(sentMs) ? reading.options.nowMs : sentMs
  const references = referencesOf(alert, where, reading).filter((reference) => reference !== id)
  const takesBack = messageType === 'Alert' ? [] : references
  const isExercise = status !== 'Actual'
  const taken = takesBack.map((id) => takingBack(id, sinceMs, isExercise))
  if (messageType === 'Cancel') return { id, sentMs, notices: taken, takesBack }
  const said = noticesOf(alert, id, sinceMs, isExercise, where, reading)
  return { id, sentMs, notices: [...taken, ...said], takesBack }
}

function noticesOf(
  alert: Element,
  id: string,
  sinceMs: number,
  isExercise: boolean,
  where: string,
  reading: Reading,
): readonly Notice[] {
  const groups = new Map<string, Map<string, Element>[]>()
  for (const info of childrenOf(alert, 'info')) {
    const language = textOf(info, 'language') || LANGUAGE
    const alike = groups.get(likenessOf(info)) ?? []
    groups.set(likenessOf(info), alike)
    const open = alike.at(-1)
    if (open === undefined || open.has(language)) alike.push(new Map([[language, info]]))
    else open.set(language, info)
  }
  return [...groups.values()].flat().map((byLanguage, i) => {
    const at = `${where}/info`
    const [info] = byLanguage.values()
    return {
      id: i === 0 ? id : `${id}#${i + 1}`,
      headline: textsOf(byLanguage, (info) => textOf(info, 'headline') || textOf(info, 'event')),
      text: textsOf(byLanguage, (info) =>
        [textOf(info, 'description'), textOf(info, 'instruction')].filter((text) => text !== '').join('\n\n'),
      ),
      ...periodOf(info, sinceMs, at, reading),
      severity: oneOf(info, 'severity', severities, at, reading) ?? '',
      urgency: oneOf(info, 'urgency', urgencies, at, reading) ?? '',
      certainty: oneOf(info, 'certainty', certainties, at, reading) ?? '',
      isExercise,
      areas: areasOf(info, at, reading),
      routeIds: [],
      stopIds: [],
      url: webAddressOf(textOf(info, 'web')),
      isCancelled: false,
    }
  })
}

/** What two infos have in common that say the same in two languages. */
function likenessOf(info: Element): string {
  const said = ['urgency', 'severity', 'certainty', 'onset', 'expires'].map((name) => textOf(info, name))
  const areas = childrenOf(info, 'area').flatMap((area) =>
    area.children.filter(({ name }) => name === 'polygon' || name === 'circle'),
  )
  const categories = childrenOf(info, 'category').map(({ text }) => text)
  return [...said, ...categories, ...areas.map(({ text }) => text)].join('|')
}

function textsOf(byLanguage: ReadonlyMap<string, Element>, textIn: (info: Element) => string): Texts {
  const texts = [...byLanguage].map(([language, info]) => [language, textIn(info)] as const)
  return Object.fromEntries(texts.filter(([, text]) => text !== ''))
}

/**
 * From its onset, else from when it is in force, else from when it was sent or, unknown, is read. What it says may expire before the
 * onset, to be said anew by then: it is shown from when it is in force, too.
 */
export function periodOf(
  info: Element,
  sinceMs: number,
  where: string,
  reading: Reading,
): Pick<Notice, 'fromMs' | 'untilMs'> {
  const [effectiveMs, onsetMs, expiresMs] = ['effective', 'onset', 'expires'].map((name) =>
    timeIn(info, name, where, reading),
  )
  const untilMs = Number.isNaN(expiresMs) ? Infinity : expiresMs
  const fromMs = [onsetMs, effectiveMs, sinceMs].find((ms) => ms <= untilMs) ?? sinceMs
  return { fromMs, untilMs: untilMs < fromMs ? fromMs : untilMs }
}

/** NaN when it is missing, or cannot be. */
export function timeIn(element: Element, name: string, where: string, reading: Reading): number {
  const came = textOf(element, name)
  if (came === '') return NaN
  const ms = possibleTime(timeOf(came, reading.options.utcOffsetS), came, `${where}/${name}`, reading)
  if (Number.isNaN(ms)) return NaN
  const due = 'hours and minutes from UTC, e.g. -00:00'
  if (!hasZone(came) || /z$/i.test(came))
    reading.deviations.add('dateTime', 'warning', `${where}/${name}`, came, due)
  return ms
}

/** Undefined when it is missing, or none of them; noted then. */
export function oneOf<T extends string>(
  element: Element,
  name: string,
  values: readonly T[],
  where: string,
  { deviations }: Reading,
): T | undefined {
  const came = textOf(element, name)
  const value = values.find((value) => value === came)
  if (value === undefined && came !== '')
    deviations.add('enum', 'error', `${where}/${name}`, came, values.join(', '))
  return value
}

/** Identifiers out of `sender,identifier,sent` between spaces. */
function referencesOf(alert: Element, where: string, reading: Reading): readonly string[] {
  const at = `${where}/references`
  const triples = textOf(alert, 'references')
    .split(/\s+/)
    .filter((triple) => triple !== '')
  return withinLimit(triples, at, reading, MOST_REFERENCES).flatMap((triple) => {
    const [, id = '', sent] = triple.split(',')
    if (id !== '' && sent !== undefined) return id
    reading.deviations.add('references', 'error', at, triple, 'sender,identifier,sent')
    return []
  })
}

function takingBack(id: string, fromMs: number, isExercise: boolean): Notice {
  return {
    id,
    headline: {},
    text: {},
    fromMs,
    untilMs: Infinity,
    severity: '',
    urgency: '',
    certainty: '',
    isExercise,
    areas: [],
    routeIds: [],
    stopIds: [],
    url: '',
    isCancelled: true,
  }
}
