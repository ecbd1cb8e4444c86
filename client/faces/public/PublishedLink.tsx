/** How many plans are laid open for all, and the way to them; nothing while there is none. */
import { useCallback } from 'react'
import { currentLanguage, sayCount } from '../../language/language.ts'
import { addressOf } from '../../source/address.ts'
import { getPublications } from '../../source/keptScenarios.ts'
import { usePolled } from '../../shell/usePolled.ts'

const ASK_MS = 300_000

export function PublishedLink() {
  const ask = useCallback((signal: AbortSignal) => getPublications(signal), [])
  const { value } = usePolled(ask, ASK_MS)
  const open = value?.filter(({ withdrawn }) => !withdrawn).length ?? 0
  if (open === 0) return null
  return (
    <a className="published-link" href={addressOf(`/published?lang=${currentLanguage()}`)}>
      {sayCount('published.link', open)}
    </a>
  )
}
