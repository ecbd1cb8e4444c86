/**
 * What the page says, in the reader's language. Catalogues are plain objects; English is the list of what there is to say, and
 * travels with the page; another language is fetched before the first word is said in it.
 */
import { en } from './en.ts'
import { enAhead } from './enAhead.ts'
import { enLayers } from './enLayers.ts'
import { enPast } from './enPast.ts'
import { enStory } from './enStory.ts'

const english = { ...en, ...enStory, ...enLayers, ...enPast, ...enAhead }
export type MessageKey = keyof typeof english
export type Catalogue = Readonly<Record<MessageKey, string>>
export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

const catalogues: Partial<Record<Language, Catalogue>> = { en: english }
let current: Language = 'en'
let catalogue: Catalogue = english

/** Fetches a language's catalogue; once it has come, `setLanguage` may choose it. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'es') catalogues.es ??= (await import('./spanish.ts')).spanish
}

/** Chooses the language of everything said from now on. Throws when it is not loaded. */
export function setLanguage(language: Language): void {
  const loaded = catalogues[language]
  if (loaded === undefined) throw new Error(`language: ${language} is not loaded`)
  current = language
  catalogue = loaded
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

/** The message with each {name} replaced by the value of that name. */
export function say(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(catalogue[key], values)
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
