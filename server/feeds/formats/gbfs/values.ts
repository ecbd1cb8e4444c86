/**
 * Values of GBFS as its versions write them: times (POSIX until 2.3, RFC 3339 since 3.0), truths (0 and 1 in version 1), counts, ids,
 * and texts (plain until 2.3, one a language since 3.0). Rules are named by the keywords of the standard's JSON Schemas and by the keys
 * of MobilityData's validator.
 */
import type { Texts } from '../../content.ts'
import { isObject, numberAt, textAt, truthAt, type JsonObject } from '../../json.ts'
import { timeOf } from '../../plausible.ts'
import { possibleTime, type Reading } from '../../records.ts'

export interface GbfsReading extends Reading {
  /** As system_information declares them; empty when it is not among what came. */
  readonly languages: readonly string[]
  /** Of texts that name none. */
  readonly language: string
}

/** Notes which of these fields are missing. */
export function requireKeys(
  record: JsonObject,
  keys: readonly string[],
  where: string,
  reading: Reading,
): void {
  for (const key of keys)
    if (!Object.hasOwn(record, key) || record[key] === null)
      reading.deviations.add('required', 'error', `${where}/${key}`, undefined, `${key}, which is required`)
}

/** NaN when it is missing or cannot be. */
export function timeAt(
  record: JsonObject,
  key: string,
  major: number,
  where: string,
  reading: Reading,
): number {
  const came = Object.hasOwn(record, key) ? record[key] : undefined
  if (came === undefined || came === null) return NaN
  const isPosix = typeof came === 'number'
  if (isPosix !== major < 3) {
    const due = major < 3 ? 'seconds since 1970 as a number' : 'an RFC 3339 time'
    reading.deviations.add('type', 'error', `${where}/${key}`, came, due)
  }
  const ms = isPosix ? came * 1000 : typeof came === 'string' ? timeOf(came, 0) : NaN
  return possibleTime(ms, came, `${where}/${key}`, reading)
}

/** Undefined when it is missing or neither. */
export function booleanAt(
  record: JsonObject,
  key: string,
  major: number,
  where: string,
  { deviations }: Reading,
): boolean | undefined {
  const truth = truthAt(record, key)
  if (truth !== undefined || record[key] === undefined || record[key] === null) return truth
  const number = numberAt(record, key)
  const isBit = number === 0 || number === 1
  if (!isBit || major > 1) deviations.add('type', 'error', `${where}/${key}`, record[key], 'true or false')
  return isBit ? number === 1 : undefined
}

/** A number that is none of a number's kind is NaN; below zero too. */
export function countAt(record: JsonObject, key: string, where: string, { deviations }: Reading): number {
  const came = record[key]
  if (came === undefined || came === null) return NaN
  const number = numberAt(record, key)
  if (Number.isNaN(number)) deviations.add('type', 'error', `${where}/${key}`, came, 'a number')
  if (number < 0) deviations.add('minimum', 'error', `${where}/${key}`, came, 'at least 0')
  return number >= 0 ? number : NaN
}

/** A number is read as the text that it stands for; '' when it is missing. */
export function idAt(record: JsonObject, key: string, where: string, { deviations }: Reading): string {
  const number = numberAt(record, key)
  if (Number.isNaN(number)) return textAt(record, key)
  deviations.add('type', 'error', `${where}/${key}`, number, 'a text')
  return String(number)
}

/** By language, with the validator's rules on translations. */
export function textsAt(record: JsonObject, key: string, where: string, reading: GbfsReading): Texts {
  const came = Object.hasOwn(record, key) ? record[key] : undefined
  if (typeof came === 'string') return { [reading.language]: came }
  if (!Array.isArray(came)) return {}
  const texts: [string, string][] = came
    .filter(isObject)
    .map((entry) => [textAt(entry, 'language'), textAt(entry, 'text')])
  const { languages, deviations } = reading
  if (languages.length > 0) {
    for (const [language] of texts)
      if (!languages.includes(language))
        deviations.add('unknown_language', 'error', `${where}/${key}`, language, languages.join(', '))
    for (const language of languages)
      if (!texts.some(([has]) => has === language))
        deviations.add('missing_translation', 'error', `${where}/${key}`, undefined, `a text in ${language}`)
  }
  return Object.fromEntries(texts)
}

/** The text in the system's first language, else the first. */
export function firstText(texts: Texts, { languages }: GbfsReading): string {
  return texts[languages[0] ?? ''] ?? Object.values(texts)[0] ?? ''
}
