/** The city's indicators as last received, and their course: the server's last hour, and what the page has seen since. */
import { useEffect, useMemo, useState } from 'react'
import { indicators, type IndicatorId } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { LIVE } from '../../twin/protocol/names.ts'
import { appended, continued, type Series } from '../charts/series.ts'
import type { Live } from '../state/live.ts'
import { useStore } from '../state/store.ts'
import { getHistory, type History, type Indicators } from './api.ts'

/** The newest value of each indicator; empty before the first frame. */
export function useIndicators(live: Live): Indicators {
  return useStore(live.store, () => indicatorsIn(live))
}

/** The same, once. */
export function indicatorsIn(live: Live): Indicators {
  const table = live.mirror.table(indicatorTable)
  const found: Partial<Record<IndicatorId, number>> = {}
  for (let row = 0; row < Math.min(table.rows, indicators.length); row++) {
    found[indicators[row].id] = table.columns.value[row]
  }
  return found
}

export interface Course {
  readonly series: Series
  readonly yesterday?: Series
}

// The server's record is asked for anew this often; between, the page adds what it sees.
const REFRESH_MS = 60_000
const HOUR_MS = 3_600_000
const POINT_MS = 5_000
const nothing: Series = { timesMs: [], values: [] }

/** The last hour of one indicator of the live twin. */
export function useCourse(live: Live, id: IndicatorId): Course {
  const row = indicators.findIndex((indicator) => indicator.id === id)
  const history = useHistory(indicatorTable.name, row)
  const [seen, setSeen] = useState<Series>(nothing)
  useEffect(
    () =>
      live.store.subscribe(() => {
        const { clock, stream } = live.store.get()
        const value = live.mirror.table(indicatorTable).columns.value[row]
        if (!clock || stream !== LIVE || value === undefined) return
        const point = { timeMs: clock.timeMs, value }
        setSeen((before) => appended(before, point, POINT_MS * Math.max(1, clock.speed), HOUR_MS))
      }),
    [live, row],
  )
  return useMemo(() => {
    const recorded = history ? { timesMs: history.timesMs, values: history.values.value ?? [] } : nothing
    const before = history?.yesterday
    return {
      series: continued(recorded, seen),
      yesterday: before && { timesMs: before.timesMs, values: before.values.value ?? [] },
    }
  }, [history, seen])
}

/** The server's record of a row; undefined while it has none. */
export function useHistory(table: string, row: number, minutes = 60): History | undefined {
  const [history, setHistory] = useState<History>()
  useEffect(() => {
    const abort = new AbortController()
    const load = () => {
      getHistory(table, row, minutes, abort.signal)
        .then(setHistory)
        // Without a record the page draws what it has seen itself, and the chart says so.
        .catch(() => undefined)
    }
    load()
    const timer = setInterval(load, REFRESH_MS)
    return () => {
      clearInterval(timer)
      abort.abort()
    }
  }, [table, row, minutes])
  return history
}
