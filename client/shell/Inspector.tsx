/** What is selected: the layer's own panel in a frame that names it, goes there and lets it go. */
import { Suspense, useEffect, useRef, type ReactNode } from 'react'
import { lazyPart } from '../state/lazyPart.ts'
import { requestTable } from '../../twin/reports/tables.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { say } from '../language/language.ts'
import { layers } from '../layers/layers.ts'
import { STOPS } from '../layers/transit/stops.ts'
import { PastTime } from '../layers/pastTime.ts'
import { useStore } from '../state/store.ts'
import { Departures } from './Departures.tsx'
import { useShell } from './shellContext.ts'
import { useLayerContext } from './useLayerContext.ts'

const ReportTalk = lazyPart(() =>
  import('./talk/ReportTalk.tsx').then(({ ReportTalk }) => ({ default: ReportTalk })),
)

const ClosedBy = lazyPart(() =>
  import('./feeds/ClosedBy.tsx').then(({ ClosedBy }) => ({ default: ClosedBy })),
)

/** `children` stand below the layer's panel: what a face lets one do with the thing. */
export function Inspector({ children }: { children?: ReactNode }) {
  const { live } = useShell()
  const selection = useStore(live.store, ({ view }) => view.selection)
  const context = useLayerContext()
  const pastMs = useStore(live.store, ({ replay, clock }) => (replay ? clock?.timeMs : undefined))
  const opener = useRef<Element>(null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (selection && !panel.current?.contains(document.activeElement)) opener.current = document.activeElement
  }, [selection])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) live.store.setView({ selection: undefined })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [live])
  if (!selection) return null
  const layer = layers[selection.layer]
  const at = context && layer?.locate(context, selection)
  const isClosedLink =
    selection.table === linkTable.name &&
    pastMs === undefined &&
    context?.mirror.table(linkTable).columns.isClosed[selection.row] === 1
  return (
    <section ref={panel} className="inspector stack" aria-label={say('inspector.title')}>
      <div className="row">
        <small>{say(`layer.${selection.layer}`)}</small>
        <span className="push" />
        {at && (
          <button type="button" className="link" onClick={() => live.camera.go({ at, zoom: 16 })}>
            {say('inspector.goThere')}
          </button>
        )}
        <button
          type="button"
          className="bare"
          aria-label={say('inspector.close')}
          onClick={() => {
            live.store.setView({ selection: undefined })
            // back to the row or the field that it came from
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
        >
          ✕
        </button>
      </div>
      {context && layer ? (
        <PastTime value={pastMs}>
          <Suspense fallback={<p className="quiet">{say('inspector.waiting')}</p>}>
            <layer.Inspector context={context} selection={selection} />
          </Suspense>
        </PastTime>
      ) : (
        <p className="quiet">{say('inspector.waiting')}</p>
      )}
      {selection.table === STOPS && context && pastMs === undefined && (
        <Departures stop={selection.row} timeZone={context.city.info.timeZone} />
      )}
      {context && selection.table === requestTable.name && (
        <Suspense>
          <ReportTalk row={selection.row} />
        </Suspense>
      )}
      {isClosedLink && (
        <Suspense>
          <ClosedBy link={selection.row} />
        </Suspense>
      )}
      {children}
    </section>
  )
}
