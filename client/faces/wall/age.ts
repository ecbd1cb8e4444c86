/** How old what a wall shows is, in words: since its last frame while it is live, since its moment while that is past. */
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { agoSOf } from '../../state/showing.ts'
import type { PageState } from '../../state/store.ts'

/** Undefined before the first frame, and of an hour that has not come yet. */
export function ageWords(page: Pick<PageState, 'connection' | 'replay' | 'clock'>): string | undefined {
  if (page.replay?.forecast !== undefined) return undefined
  const agoS = agoSOf(page)
  if (agoS !== undefined) return say('past.ago', { age: formatDuration(agoS) })
  const { ageS } = page.connection
  return ageS === undefined ? undefined : say('status.age', { age: formatDuration(Math.floor(ageS)) })
}
