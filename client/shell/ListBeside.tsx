/** The list beside the map: what matters most in each layer, and the way to everything without seeing or touching the map. */
import { Suspense, useState, type KeyboardEvent } from 'react'
import { domainIds, type DomainId } from '../../twin/domains.ts'
import { say } from '../language/language.ts'
import type { ListEntry } from '../layers/layer.ts'
import { layers } from '../layers/layers.ts'
import { useStore } from '../state/store.ts'
import { heldEntries, keyOfEntry } from './heldEntries.ts'
import { useShell } from './shellContext.ts'
import { useLayerContext } from './useLayerContext.ts'

// Of a glance; the rest is a search away.
const SHOWN = 8
// Of those that are looked through for what is under a hand.
const LOOKED_THROUGH = 64
// Where a street, a stop or a feeder fills the map.
const CLOSE_ZOOM = 15.5

/** `withChart` draws the layer's whole below its list. */
export function ListBeside({ withChart = false }: { withChart?: boolean }) {
  const { live } = useShell()
  const [shown, setShown] = useState<DomainId>('traffic')
  const context = useLayerContext()
  const selection = useStore(live.store, ({ view }) => view.selection)
  const Chart = withChart ? layers[shown]?.Chart : undefined
  const [held, hold] = useState<readonly ListEntry[]>()
  const fresh = context && layers[shown]?.list(context, held ? LOOKED_THROUGH : SHOWN)
  const entries = held && fresh ? heldEntries(held, fresh, say('list.over')) : fresh
  const holdIt = () => hold((before) => before ?? entries)
  // neither pointed at nor written in by keys
  const letGo = (list: Element, isLeft: 'pointer' | 'focus') => {
    const isStill = isLeft === 'focus' ? list.matches(':hover') : list.contains(document.activeElement)
    if (!isStill) hold(undefined)
  }
  return (
    <section aria-label={say('list.title')}>
      <div className="tabs" role="tablist" aria-label={say('list.title')} onKeyDown={moveBetweenTabs}>
        {domainIds.map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={id === shown}
            aria-controls="list-beside"
            tabIndex={id === shown ? 0 : -1}
            onClick={() => {
              hold(undefined)
              setShown(id)
            }}
          >
            {say(`layer.${id}`)}
          </button>
        ))}
      </div>
      <div id="list-beside" role="tabpanel" aria-label={say(`layer.${shown}`)}>
        <ul
          className="plain entries"
          onPointerEnter={holdIt}
          onPointerLeave={({ currentTarget }) => letGo(currentTarget, 'pointer')}
          onFocus={holdIt}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget)) letGo(currentTarget, 'focus')
          }}
        >
          {entries?.map((entry) => (
            <li key={keyOfEntry(entry)}>
              <button
                type="button"
                aria-current={
                  selection?.table === entry.selection.table && selection.row === entry.selection.row
                }
                onClick={() => {
                  live.store.setView({ selection: entry.selection })
                  live.camera.go({ at: entry.at, zoom: CLOSE_ZOOM })
                }}
              >
                <span>{entry.title}</span>
                <small>{entry.detail}</small>
              </button>
            </li>
          ))}
          {entries?.length === 0 && <li className="entry quiet">{say(`list.empty.${shown}`)}</li>}
          {!entries && <li className="entry quiet">{say('list.waiting')}</li>}
        </ul>
        {Chart && context && (
          <Suspense>
            <Chart context={context} />
          </Suspense>
        )}
      </div>
    </section>
  )
}

/** Arrow keys go through the tabs, as the pattern of WAI-ARIA has it. */
function moveBetweenTabs(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const next = tabs[(tabs.indexOf(document.activeElement as HTMLElement) + step + tabs.length) % tabs.length]
  next.focus()
  next.click()
}
