/**
 * What the page says, in the reader's language. Catalogues are plain objects, and English is the list of what there is to say.
 * The words of the first view travel with the page in every language; the rest is fetched when the first words stand.
 */
import { enFirst } from './enFirst.ts'
import type { english } from './english.ts'
import { esFirst } from './esFirst.ts'

export type MessageKey = keyof typeof english
export type Catalogue = Readonly<Record<MessageKey, string>>
export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

const first: Readonly<Record<Language, Partial<Catalogue>>> = { en: enFirst, es: esFirst }
const whole: Partial<Record<Language, Catalogue>> = {}
let current: Language = 'en'
let catalogue: Partial<Catalogue> = first.en

/** Fetches all words of a language: what is said beyond the first view needs them. */
export async function loadLanguage(language: Language): Promise<void> {
  whole[language] ??=
    language === 'es' ? (await import('./spanish.ts')).spanish : (await import('./english.ts')).english
  if (language === current) setLanguage(language)
}

/** Chooses the language of everything said from now on. */
export function setLanguage(language: Language): void {
  current = language
  catalogue = whole[language] ?? first[language]
}

export function currentLanguage(): Language {
  return current
}

/** What `make` says in another language that is loaded; the page's own stays as it is. */
export function inLanguage<T>(language: Language, make: () => T): T {
  const before = current
  setLanguage(language)
  try {
    return make()
  } finally {
    setLanguage(before)
  }
}

/** The message with each {name} replaced by the value of that name. Throws when it is of no first view and not fetched yet. */
export function say(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  const message = catalogue[key]
  if (message === undefined) throw new Error(`language: ${key} is not loaded in ${current}`)
  return fill(message, values)
}

/** A message with each {name} replaced by the value of that name. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`))
}

/** Keys that have a form for one thing and a form for several. */
type CountedKey = {
  [K in MessageKey]: K extends `${infer Stem}.one`
    ? `${Stem}.other` extends MessageKey
      ? Stem
      : never
    : never
}[MessageKey]

/** The message for `count` things: `<stem>.one` or `<stem>.other`, as the language has it; {n} is the number, grouped. */
export function sayCount(
  stem: CountedKey,
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const form = new Intl.PluralRules(current).select(count) === 'one' ? 'one' : 'other'
  const n = new Intl.NumberFormat(current, { maximumFractionDigits: 0, useGrouping: 'always' }).format(count)
  return say(`${stem}.${form}`, { n, ...values })
}
