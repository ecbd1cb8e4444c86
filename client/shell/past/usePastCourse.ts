/** The course of one indicator around the recorded moment that is shown: the hour before it, or the range that was chosen. */
import { useEffect, useMemo, useState } from 'react'
import { indicators, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import { between, type Series } from '../../charts/series.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'

const HOUR_MS = 3_600_000
/** Fetched at once: the hour before the block that holds the moment, and the block. */
const BLOCK_MS = HOUR_MS / 2

export interface PastCourse {
  readonly series: Series
  readonly fromMs: number
  readonly toMs: number
  /** The moment that is shown. */
  readonly nowMs: number
}

/** Undefined while the present, or a scenario, is shown. */
export function usePastCourse(live: Live, id: IndicatorId): PastCourse | undefined {
  const row = indicators.findIndex((indicator) => indicator.id === id)
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  const file = useStore(live.store, ({ replay }) => replay?.file)
  const range = useStore(live.store, ({ replay }) => replay?.range)
  const shownMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / 5000) * 5000)
  const blockMs = Math.floor((shownMs ?? 0) / BLOCK_MS) * BLOCK_MS
  const fromMs = range?.[0] ?? blockMs - HOUR_MS
  const toMs = range?.[1] ?? blockMs + BLOCK_MS
  const [series, setSeries] = useState<Series>()
  useEffect(() => {
    if (!isPast) return
    let isGone = false
    live.source.past
      ?.values(row, fromMs, toMs)
      .then((found) => !isGone && setSeries(found))
      // the strip says why; the chart keeps what it has
      .catch(() => undefined)
    return () => {
      isGone = true
    }
  }, [live, row, isPast, file, fromMs, toMs])
  return useMemo(() => {
    if (!isPast || shownMs === undefined || !series) return undefined
    const window = range ? { fromMs: range[0], toMs: range[1] } : { fromMs: shownMs - HOUR_MS, toMs: shownMs }
    return { series: between(series, window.fromMs, window.toMs), ...window, nowMs: shownMs }
  }, [isPast, shownMs, series, range])
}
