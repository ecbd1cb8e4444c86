/** All alarms that are not over, what asks for somebody first. One row is chosen; keys act on it. */
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { formatClock, formatDuration } from '../../language/format.ts'
import { leftToRespondS, type Alarm } from '../../shell/alarms.ts'
import { titleOfAlarm, valueOfAlarm } from '../../shell/alarmThing.ts'
import { PriorityMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { focusList } from './DeskList.tsx'
import { ALARMS, INCIDENTS, REPORTS } from './lists.ts'
import type { AlarmDoes } from './useDesk.ts'

export interface AlarmListProps {
  readonly alarms: readonly Alarm[]
  readonly chosen: Alarm | undefined
  readonly does: AlarmDoes
}

export function AlarmList({ alarms, chosen, does }: AlarmListProps) {
  const { live } = useShell()
  const clock = useStore(live.store, (state) => state.clock)
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const list = useRef<HTMLUListElement>(null)
  const at = chosen === undefined ? -1 : alarms.indexOf(chosen)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.id])
  // whoever sits down here is at the list
  useEffect(() => list.current?.focus({ preventScroll: true }), [])
  const timeOf = (tick: number) =>
    clock && timeZone ? formatClock(clock.timeMs + ((tick - clock.tick) * 1000) / TICKS_PER_S, timeZone) : ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const choose = (index: number) => {
      const next = alarms[Math.min(alarms.length - 1, Math.max(0, index))]
      return next && (() => does.choose(next))
    }
    // what acts on a row acts on none that is not chosen: it chooses the first, and says so by that
    const onChosen = (act: (alarm: Alarm) => void) => (chosen ? () => act(chosen) : choose(0))
    const acts: Record<string, (() => void) | undefined> = {
      ArrowDown: choose(at + 1),
      ArrowUp: choose(at - 1),
      Home: choose(0),
      End: choose(alarms.length - 1),
      Enter: onChosen(does.show),
      a: onChosen(does.acknowledge),
      s: onChosen(does.shelve),
      u: onChosen(does.unshelve),
      i: onChosen(does.openIncident),
      j: onChosen(does.join),
      ArrowRight: () => focusList(INCIDENTS),
      ArrowLeft: () => focusList(REPORTS),
    }
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (act === undefined) return
    // a key that is held down says nothing twice, but for moving along
    if (event.repeat && !event.key.startsWith('Arrow')) return
    event.preventDefault()
    // a key of the list is none of the page's
    event.stopPropagation()
    act()
  }
  return (
    <>
      <p className="quiet" role="status">
        {clock === undefined
          ? sayDesk('desk.waiting')
          : alarms.length === 0
            ? sayDesk('desk.none')
            : sayDesk('desk.count', { n: alarms.filter(({ state }) => state === 'unacknowledged').length })}
      </p>
      <ul
        ref={list}
        id={ALARMS}
        className="plain alarm-list"
        role="listbox"
        tabIndex={0}
        aria-label={sayDesk('desk.alarms')}
        aria-activedescendant={at >= 0 ? `alarm-${alarms[at].id}` : undefined}
        onKeyDown={onKeyDown}
      >
        {alarms.map((alarm) => (
          <li
            key={alarm.id}
            id={`alarm-${alarm.id}`}
            role="option"
            aria-selected={alarm === chosen}
            data-state={alarm.state}
            onClick={() => does.show(alarm)}
          >
            <PriorityMark priority={alarm.kind.priority} isOver={alarm.state === 'returned'} />
            <div className="alarm-words">
              <b>{titleOfAlarm(alarm, city)}</b>
              <span>
                {[valueOfAlarm(alarm), ...alarm.consequences.map((one) => titleOfAlarm(one, city))]
                  .filter((words) => words !== '')
                  .join(' · ')}
              </span>
              <small>
                {sayDesk(`priority.${alarm.kind.priority}`)}, {sayDesk(`state.${alarm.state}`)},{' '}
                {sayDesk('desk.raised', { time: timeOf(alarm.raisedTick) })}
                {alarm.state === 'shelved' &&
                  `, ${sayDesk('desk.shelvedUntil', { time: timeOf(alarm.shelvedUntilTick) })}`}
              </small>
            </div>
            {alarm.state === 'unacknowledged' && clock && <Left alarm={alarm} tick={clock.tick} />}
          </li>
        ))}
      </ul>
    </>
  )
}

/** How long there is to act. */
function Left({ alarm, tick }: { alarm: Alarm; tick: number }) {
  const leftS = leftToRespondS(alarm, tick)
  const time = formatDuration(Math.abs(leftS))
  return (
    <span className="alarm-left" data-late={leftS < 0}>
      {sayDesk(leftS < 0 ? 'desk.late' : 'desk.left', { time })}
    </span>
  )
}
