/** What the page says, in the reader's language. Catalogues are plain objects; English is the list of what there is to say. */
import { en } from './en.ts'
import { enLayers } from './enLayers.ts'
import { es } from './es.ts'
import { esLayers } from './esLayers.ts'

const english = { ...en, ...enLayers }
export type MessageKey = keyof typeof english
export const catalogues = { en: english, es: { ...es, ...esLayers } } as const
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
