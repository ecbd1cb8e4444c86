/** Which feeds close a street, and what they say of it in the reader's language. */
import { currentLanguage } from '../../language/language.ts'
import type { FeedTold } from './feedStandings.ts'

export interface Closure {
  readonly id: string
  /** Of the feed. */
  readonly feed: string
  readonly words: string
  /** Of the words, where it is not the reader's; undefined where it is, or is not known. */
  readonly language: string | undefined
  /** Unix ms; null until further notice. */
  readonly untilMs: number | null
}

export function closuresOf(feeds: readonly FeedTold[], link: number): Closure[] {
  return feeds.flatMap(({ title, use }) =>
    (use.closures?.list ?? [])
      .filter(({ links }) => links.includes(link))
      .map(({ id, text, untilMs }) => ({ id, feed: title, ...inReadersLanguage(text), untilMs })),
  )
}

/** In the reader's language where the feed has it, else in its first. */
function inReadersLanguage(text: Readonly<Record<string, string>>): Pick<Closure, 'words' | 'language'> {
  const mine = Object.keys(text).find((tag) => tag.split('-')[0] === currentLanguage())
  if (mine !== undefined) return { words: text[mine], language: undefined }
  const [[tag, words] = ['', '']] = Object.entries(text)
  return { words, language: tag === '' ? undefined : tag }
}
