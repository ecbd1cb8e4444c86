/** What happened last, as sentences with the city's time; each selects its thing. */
import { eventTable } from '../../twin/events.ts'
import { requestTable } from '../../twin/reports/tables.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { formatClock } from '../language/format.ts'
import { say } from '../language/language.ts'
import { layers } from '../layers/layers.ts'
import { useStore } from '../state/store.ts'
import { readEvents, selectionOf, sentenceOfEvent } from './events.ts'
import { useShell } from './shellContext.ts'
import { useLayerContext } from './useLayerContext.ts'

export function EventList({ limit, isStill = false }: { limit: number; isStill?: boolean }) {
  const { live } = useShell()
  const context = useLayerContext()
  const clock = useStore(live.store, (state) => state.clock)
  const city = useStore(live.store, (state) => state.city)
  const table = live.mirror.table(eventTable)
  const requests = live.mirror.table(requestTable)
  const buses = live.mirror.table(transitVehicleTable)
  const events = clock ? readEvents(table, limit) : []
  const timeZone = city?.info.timeZone
  if (!clock || !timeZone) return <p className="quiet">{say('events.waiting')}</p>
  if (events.length === 0) return <p className="quiet">{say('events.none')}</p>
  return (
    <ol className="plain entries events">
      {events.map((event) => {
        const timeMs = clock.timeMs + ((event.tick - clock.tick) * 1000) / TICKS_PER_S
        const selection = selectionOf(event, buses.columns.trip)
        const at = context && selection && layers[selection.layer]?.locate(context, selection)
        const words = sentenceOfEvent(event, city, requests.columns)
        return (
          <li key={event.key}>
            {isStill || !at ? (
              <div className="entry">
                <time>{formatClock(timeMs, timeZone)}</time> <span>{words}</span>
              </div>
            ) : (
              <button
                type="button"
                className="entry"
                onClick={() => {
                  live.store.setView({ selection })
                  live.camera.go({ at, zoom: 15 })
                }}
              >
                <time>{formatClock(timeMs, timeZone)}</time> <span>{words}</span>
              </button>
            )}
          </li>
        )
      })}
    </ol>
  )
}
