/** MultilingualString of DATEX II by language. */
import type { Texts } from '../../content.ts'
import type { Element } from '../../xml.ts'

/** `language` is that of values which name none. */
export function textsOf(element: Element | undefined, language: string): Texts {
  const texts = new Map<string, string>()
  const take = (one: Element) => {
    const tag = (one.attributes['lang'] ?? language).toLowerCase()
    if (one.text !== '' && !texts.has(tag)) texts.set(tag, one.text)
    for (const child of one.children) if (child.name === 'values' || child.name === 'value') take(child)
  }
  if (element !== undefined) take(element)
  return Object.fromEntries(texts)
}

/** Several said one after the other, each once. */
export function joined(all: readonly Texts[]): Texts {
  const byTag = new Map<string, Set<string>>()
  for (const texts of all)
    for (const [tag, text] of Object.entries(texts)) byTag.set(tag, (byTag.get(tag) ?? new Set()).add(text))
  return Object.fromEntries([...byTag].map(([tag, texts]) => [tag, [...texts].join('\n')]))
}
