/** Late at night, when little moves: the evening's normal life is offered. */
import { formatClock } from '../language/format.ts'
import { say } from '../language/language.ts'
import { useStore } from '../state/store.ts'
import { clockOf, EVENING_S, isLate } from './lateHour.ts'
import { useShell } from './shellContext.ts'

/** Nothing by day. */
export function EveningOffer({ onShow }: { onShow: () => void }) {
  const { live } = useShell()
  const timeMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / 60_000) * 60_000)
  const offsetS = useStore(live.store, ({ clock }) => clock?.utcOffsetS)
  if (timeMs === undefined || offsetS === undefined || !isLate(timeMs + offsetS * 1000)) return null
  return (
    <section className="stack late" aria-label={say('late.title')}>
      <p>{say('late.why', { time: formatClock(timeMs + offsetS * 1000, 'UTC') })}</p>
      <button type="button" onClick={onShow}>
        {say('late.show', { time: clockOf(EVENING_S) })}
      </button>
    </section>
  )
}
