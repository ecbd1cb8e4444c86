/** How the maps stand to each other, what beside what, and which scenarios are kept for it. */
import { useState } from 'react'
import { sayCompare } from '../../../language/compareWords.ts'
import { Dialog } from '../../../shell/Dialog.tsx'
import { KeepForm } from './KeepForm.tsx'
import { KeptTable } from './KeptTable.tsx'
import type { Compare, CompareView } from './useCompare.ts'
import type { Kept, KeptOnes } from './useKept.ts'

const views: readonly Exclude<CompareView, 'difference'>[] = ['one', 'swipe', 'beside', 'flip']

interface ComparePanelProps {
  readonly compare: Compare
  readonly kept: KeptOnes
  /** The scenario at hand as it would be kept; undefined before its run. */
  readonly now: Kept | undefined
}

export function ComparePanel({ compare, kept, now }: ComparePanelProps) {
  const [isOpen, setOpen] = useState(false)
  const { view, chosen, partners } = compare
  return (
    <section className="stack compare" aria-label={sayCompare('maps.title')}>
      <h2>{sayCompare('maps.title')}</h2>
      {now === undefined && <p className="quiet small">{sayCompare('maps.needsRun')}</p>}
      {now !== undefined && (
        <>
          <div className="row sides" role="group" aria-label={sayCompare('maps.title')}>
            {views.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={view === each}
                aria-keyshortcuts={each === 'flip' ? 'x' : undefined}
                onClick={() => compare.go(each)}
              >
                {sayCompare(`maps.${each}`)}
              </button>
            ))}
          </div>
          {view === 'flip' && (
            <button type="button" className="strong" onClick={compare.flip}>
              {sayCompare('maps.flipTo', {
                name: compare.isFlipped ? sayCompare('maps.edited') : chosen[0].name,
              })}
            </button>
          )}
          {partners.length > 1 && (
            <fieldset className="partners small">
              <legend>{sayCompare('maps.with', { name: sayCompare('table.now') })}</legend>
              {partners.map(({ stream, name }) => (
                <label key={stream} className="row">
                  <input
                    type="checkbox"
                    checked={chosen.some((one) => one.stream === stream)}
                    onChange={({ target }) => compare.choose(stream, target.checked)}
                  />
                  {name}
                </label>
              ))}
            </fieldset>
          )}
          <KeepForm key={now.run.id} kept={kept} now={now} />
        </>
      )}
      {kept.all.length > 0 && (
        <>
          <h3>{sayCompare('kept.title')}</h3>
          <ul className="plain small">
            {kept.all.map(({ name, run }) => (
              <li key={run.id} className="row">
                {name}
                <button
                  type="button"
                  className="bare push"
                  aria-label={sayCompare('kept.drop', { name })}
                  onClick={() => kept.drop(run.id, now?.run.id)}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => setOpen(true)}>
            {sayCompare('table.title')}
          </button>
        </>
      )}
      {isOpen && (
        <Dialog title={sayCompare('table.title')} onClose={() => setOpen(false)}>
          <KeptTable now={now} kept={kept.all} />
        </Dialog>
      )}
    </section>
  )
}
