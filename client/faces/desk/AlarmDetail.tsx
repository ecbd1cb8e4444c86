/** One alarm in full: what it is, what follows, what to do, who acts and within what time; and what can be done about it here. */
import { sayDesk } from '../../language/deskWords.ts'
import { formatDuration } from '../../language/format.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import type { Alarm } from '../../shell/alarms.ts'
import { titleOfAlarm, valueOfAlarm } from '../../shell/alarmThing.ts'
import { wordsOfKind } from '../../shell/alarmWords.ts'
import { PriorityMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { ActsOf } from './ActsOf.tsx'
import type { AlarmDoes } from './useDesk.ts'
import { canAcknowledge, canShelve, type AlarmActs } from './useAlarmActs.ts'

export interface AlarmDetailProps {
  readonly alarm: Alarm
  readonly acts: AlarmActs
  readonly does: AlarmDoes
}

export function AlarmDetail({ alarm, acts, does }: AlarmDetailProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const { cause, consequence, action } = wordsOfKind(alarm.kind.id)
  const isBusy = acts.underWay.has(alarm.id)
  return (
    <section className="stack alarm-detail">
      <h2>
        <PriorityMark priority={alarm.kind.priority} isOver={alarm.state === 'returned'} />{' '}
        {titleOfAlarm(alarm, city)}
      </h2>
      <p>
        {sayDesk(`priority.${alarm.kind.priority}`)}, {sayDesk(`state.${alarm.state}`)}
        {valueOfAlarm(alarm) !== '' && <b> · {valueOfAlarm(alarm)}</b>}
      </p>
      <div className="row">
        <button
          type="button"
          className="strong"
          aria-disabled={!canAcknowledge(alarm) || isBusy}
          onClick={() => acts.acknowledge(alarm)}
        >
          {sayDesk('act.acknowledge')}
        </button>
        {alarm.state === 'shelved' ? (
          <button type="button" aria-disabled={isBusy} onClick={() => acts.unshelve(alarm)}>
            {sayDesk('act.unshelve')}
          </button>
        ) : (
          <button
            type="button"
            aria-disabled={isBusy || !canShelve(alarm)}
            onClick={() => does.shelve(alarm)}
          >
            {sayDesk('act.shelve')}
          </button>
        )}
        <button type="button" onClick={() => does.show(alarm)}>
          {sayDesk('act.show')}
        </button>
        <button type="button" onClick={() => does.openIncident(alarm)}>
          {sayIncident('open.incident')}
        </button>
        <button type="button" onClick={() => does.join(alarm)}>
          {sayIncident('join.incident')}
        </button>
      </div>
      <dl className="alarm-facts">
        <dt>{sayDesk('desk.cause')}</dt>
        <dd>{cause}</dd>
        <dt>{sayDesk('desk.consequence')}</dt>
        <dd>{consequence}</dd>
        <dt>{sayDesk('desk.action')}</dt>
        <dd>{action}</dd>
        <dt>{sayDesk('desk.owner')}</dt>
        <dd>{sayDesk(`owner.${alarm.kind.owner}`)}</dd>
        <dt>{sayDesk('desk.respond')}</dt>
        <dd>{formatDuration(alarm.kind.respondS)}</dd>
        {alarm.consequences.length > 0 && <dt>{sayDesk('desk.follows')}</dt>}
        {alarm.consequences.map((one) => (
          <dd key={one.id}>
            {titleOfAlarm(one, city)} {valueOfAlarm(one)}
          </dd>
        ))}
      </dl>
      <ActsOf alarm={alarm} />
    </section>
  )
}
