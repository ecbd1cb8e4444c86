/** All that the operator's desk knows and can do: alarms of the stream, incidents and reports of the records, what is looked at and asked. */
import { useState } from 'react'
import { alarmTable } from '../../../twin/alarms/tables.ts'
import type { City } from '../../../twin/city.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import type { AlarmPart } from '../../../twin/protocol/deskMessages.ts'
import { layers } from '../../layers/layers.ts'
import { readAlarms, type Alarm } from '../../shell/alarms.ts'
import { selectionOfAlarm, titleOfAlarm } from '../../shell/alarmThing.ts'
import {
  getIncidents,
  getReports,
  type DeskIncident,
  type DeskReport,
} from '../../shell/incidents/deskAnswers.ts'
import { isOfAlarm, serviceOf } from '../../shell/incidents/incidentThing.ts'
import { useDeskAnswer } from '../../shell/incidents/useDeskAnswer.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useLayerContext } from '../../shell/useLayerContext.ts'
import { useStore } from '../../state/store.ts'
import type { Asking } from './asking.ts'
import { incidentDoes, type IncidentDoes } from './incidents/incidentDoes.ts'
import { byWaiting, reportDoes, type ReportDoes } from './reports/reportDoes.ts'
import { canShelve, useAlarmActs, type AlarmActs } from './useAlarmActs.ts'
import { focusList } from './DeskList.tsx'
import { INCIDENTS } from './lists.ts'
import { keyOfAlarm, useChosen } from './useChosen.ts'
import { nameOfDesk, useDeskActs, type DeskActs } from './useDeskActs.ts'

export interface AlarmDoes {
  choose(alarm: Alarm): void
  show(alarm: Alarm): void
  acknowledge(alarm: Alarm): void
  shelve(alarm: Alarm): void
  unshelve(alarm: Alarm): void
  openIncident(alarm: Alarm): void
  join(alarm: Alarm): void
}

export interface Desk {
  readonly city: City | undefined
  readonly alarms: readonly Alarm[]
  readonly incidents: readonly DeskIncident[]
  /** Why incidents cannot be read. */
  readonly incidentsError: string | undefined
  readonly reports: readonly DeskReport[]
  readonly alarm: Alarm | undefined
  readonly incident: DeskIncident | undefined
  readonly report: DeskReport | undefined
  readonly alarmActs: AlarmActs
  readonly acts: DeskActs
  /** Alarms of an incident that are up still. */
  standingIn(incident: DeskIncident): readonly Alarm[]
  /** The name under which this desk signs. */
  readonly who: string
  readonly alarmDoes: AlarmDoes
  readonly incidentDoes: IncidentDoes
  readonly reportDoes: ReportDoes
  readonly asking: Asking | undefined
  ask(asking: Asking | undefined): void
  chooseIncident(id: string): void
  chooseReport(id: string): void
}

export function useDesk(): Desk {
  const { live } = useShell()
  // read anew with each frame
  useStore(live.store, (state) => state.pulse)
  const city = useStore(live.store, (state) => state.city)
  const context = useLayerContext()
  const alarmActs = useAlarmActs(live)
  const acts = useDeskActs(live, alarmActs.who)
  const choice = useChosen()
  const [asking, ask] = useState<Asking>()
  const { value: incidents = [], error: incidentsError } = useDeskAnswer(getIncidents)
  const { value: filed = [] } = useDeskAnswer(getReports)
  const reports = [...filed].sort(byWaiting)
  const alarms = readAlarms(live.mirror.table(alarmTable))
  const { chosen } = choice
  const who = nameOfDesk(alarmActs.who)
  const placeOf = (alarm: Alarm) => {
    const selection = city && selectionOfAlarm(alarm, city, live.mirror)
    const at = context && selection && layers[selection.layer]?.locate(context, selection)
    return { selection, at }
  }
  // its keys act at once: whoever opened it goes on with it
  const goToIncident = (id: string) => {
    choice.incident(id)
    focusList(INCIDENTS)
  }
  const alarmDoes: AlarmDoes = {
    choose: choice.alarm,
    show(alarm) {
      choice.alarm(alarm)
      const { selection, at } = placeOf(alarm)
      if (selection) live.store.setView({ selection })
      if (at) live.camera.go({ at, zoom: 14.5 })
    },
    acknowledge(alarm) {
      alarmActs.acknowledge(alarm)
      // what was acknowledged sinks below what is new: the next new one is chosen
      const next = alarms.find((other) => other !== alarm && other.state === 'unacknowledged')
      if (next) choice.alarm(next)
    },
    shelve(alarm) {
      if (canShelve(alarm)) ask({ what: 'shelve', alarm })
    },
    unshelve: alarmActs.unshelve,
    openIncident(alarm) {
      const { clock, stream } = live.store.get()
      // what is up in the past is not up
      if (clock === undefined || stream !== LIVE) return
      const part = partOf(alarm, clock)
      const already = incidents.find(
        ({ state, parts }) =>
          state !== 'cleared' && parts.some((one) => isOfAlarm(one, alarm, part.raisedMs)),
      )
      if (already !== undefined) {
        goToIncident(already.id)
        return
      }
      const { at } = placeOf(alarm)
      void acts
        .begin({ kind: 'incident', act: 'open', of: part, ...(at && { at: [at[0], at[1]] }) })
        .then((id) => id !== undefined && goToIncident(id))
    },
    join(alarm) {
      const { clock, stream } = live.store.get()
      if (clock === undefined || stream !== LIVE) return
      ask({ what: 'join', part: partOf(alarm, clock), title: titleOfAlarm(alarm, city) })
    },
  }
  return {
    city,
    alarms,
    incidents,
    incidentsError,
    reports,
    alarm: chosen?.what === 'alarm' ? alarms.find((alarm) => keyOfAlarm(alarm) === chosen.key) : undefined,
    incident: chosen?.what === 'incident' ? incidents.find(({ id }) => id === chosen.id) : undefined,
    report: chosen?.what === 'report' ? reports.find(({ id }) => id === chosen.id) : undefined,
    alarmActs,
    acts,
    standingIn(incident) {
      const { clock } = live.store.get()
      if (clock === undefined) return []
      return alarms.filter(
        (alarm) =>
          alarm.state !== 'returned' &&
          incident.parts.some((one) => isOfAlarm(one, alarm, partOf(alarm, clock).raisedMs)),
      )
    },
    who,
    alarmDoes,
    incidentDoes: incidentDoes(live, acts, who, ({ id }) => choice.incident(id), ask),
    reportDoes: reportDoes({
      live,
      acts,
      incidents,
      choose: ({ id }) => choice.report(id),
      ask,
      onOpened: goToIncident,
      titleOf: ({ serviceCode }) => serviceOf(serviceCode, city),
    }),
    asking,
    ask,
    chooseIncident: choice.incident,
    chooseReport: choice.report,
  }
}

/** An alarm as an incident names it. */
function partOf(alarm: Alarm, clock: { readonly timeMs: number; readonly tick: number }): AlarmPart {
  const { id, kind, source, sources, isMany, raisedTick } = alarm
  return {
    what: 'alarm',
    alarm: id,
    kind: kind.id,
    source,
    sources: Math.max(1, sources),
    isMany,
    raisedMs: clock.timeMs + ((raisedTick - clock.tick) * 1000) / TICKS_PER_S,
  }
}
