/** What the page says, in the reader's language. Catalogues are plain objects; English is the list of what there is to say. */
import { en } from './en.ts'
import { enLayers } from './enLayers.ts'
import { enStory } from './enStory.ts'
import { es } from './es.ts'
import { esLayers } from './esLayers.ts'
import { esStory } from './esStory.ts'

const english = { ...en, ...enStory, ...enLayers }
export type MessageKey = keyof typeof english
export const catalogues = { en: english, es: { ...es, ...esStory, ...esLayers } } as const
export type Language = keyof typeof catalogues

let current: Language = 'en'

/** Chooses the language of everything said from now on. */
export function setLanguage(language: Language): void {
  current = language
}

export function currentLanguage(): Language {
  return current
}

/** The message with each {name} replaced by the value of that name. */
export function say(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return catalogues[current][key].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? `{${name}}`),
  )
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
