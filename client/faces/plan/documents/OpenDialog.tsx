/** Saved scenarios, one a branch, the newest first: found by their words, opened by a click or by Enter. */
import { useCallback, useState } from 'react'
import { formatClock, formatDay, formatNumber } from '../../../language/format.ts'
import { sayDocument } from '../../../language/documentWords.ts'
import { Dialog } from '../../../shell/Dialog.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { usePolled } from '../../../shell/usePolled.ts'
import { getBranches } from '../../../source/keptScenarios.ts'
import { useStore } from '../../../state/store.ts'
import type { Document } from './useDocument.ts'

const ASK_MS = 10_000

export function OpenDialog({ document, onClose }: { document: Document; onClose: () => void }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const ask = useCallback((signal: AbortSignal) => getBranches(signal), [])
  const { value, error } = usePolled(ask, ASK_MS)
  const [words, setWords] = useState('')
  const wanted = words.toLocaleLowerCase().split(/\s+/)
  const found = value?.filter(({ title, author = '' }) => {
    const said = `${title} ${author}`.toLocaleLowerCase()
    return wanted.every((word) => said.includes(word))
  })
  return (
    <Dialog title={sayDocument('open.title')} onClose={onClose}>
      <input
        type="search"
        value={words}
        placeholder={sayDocument('open.search')}
        aria-label={sayDocument('open.search')}
        onChange={({ target }) => setWords(target.value)}
      />
      {error !== undefined && <p role="alert">{error}</p>}
      {found?.length === 0 && (
        <p className="quiet">{sayDocument(value?.length === 0 ? 'open.none' : 'open.notFound')}</p>
      )}
      <ul className="plain entries document-list">
        {found?.map((one) => (
          <li key={one.branch}>
            <button
              type="button"
              onClick={() => {
                void document.open(one.id)
                onClose()
              }}
            >
              <span>
                <b>{one.title}</b>
                {one.id !== one.branch || one.branch === one.tree ? '' : ` ${sayDocument('open.branch')}`}
              </span>
              <small>
                {sayDocument('open.facts', {
                  who: one.author ?? '–',
                  day: formatDay(one.savedMs, timeZone),
                  time: formatClock(one.savedMs, timeZone),
                  edits: formatNumber(one.edits),
                  step: formatNumber(one.step + 1),
                })}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
