/** The hour ahead as the server expects it, asked for once for the whole page however many places show it. */
import { useMemo, useSyncExternalStore } from 'react'
import type { IndicatorId } from '../../../twin/objectives/indicators.ts'
import type { Fan } from '../../charts/fan.ts'
import { addressOf } from '../../source/address.ts'
import { isServerless } from '../../source/serverless.ts'
import { get } from '../api.ts'

// A forecast comes every few minutes.
const ASK_EVERY_MS = 15_000

export interface AheadSeries {
  readonly id: IndicatorId
  readonly now: number
  readonly median: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly paths: readonly (readonly number[])[]
}

export interface AheadForecast {
  readonly madeMs: number
  readonly members: number
  readonly leadsS: readonly number[]
  readonly series: readonly AheadSeries[]
}

export interface Ahead {
  readonly state: 'off' | 'waiting' | 'making'
  readonly forecast?: AheadForecast
  /** Whether the map can show it: `getPictures`. */
  readonly hasPictures?: boolean
}

let answer: Ahead | undefined
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** Undefined until the server has said anything of it. */
export function useAhead(): Ahead | undefined {
  return useSyncExternalStore(subscribe, () => answer)
}

/** The forecast that stands; undefined while there is none. */
export function useForecast(): AheadForecast | undefined {
  return useAhead()?.forecast
}

/** What is expected of one indicator; undefined where it is not forecast. */
export function useFan(id: IndicatorId): Fan | undefined {
  const forecast = useForecast()
  return useMemo(() => forecast && fanOf(forecast, id), [forecast, id])
}

/** The hour of the run nearest the forecast's middle, as a recording. Rejects with a sentence when the server has it no more. */
export async function getPictures({ madeMs }: AheadForecast): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(addressOf(`/api/forecast/pictures?made=${madeMs}`))
  if (response.status !== 200) throw new Error(`the server answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** From the moment it was made on, when all was as it was. */
export function fanOf({ madeMs, leadsS, series }: AheadForecast, id: IndicatorId): Fan | undefined {
  const found = series.find((one) => one.id === id)
  if (found === undefined) return undefined
  const { now, median, low, high, paths } = found
  return {
    timesMs: [madeMs, ...leadsS.map((leadS) => madeMs + leadS * 1000)],
    median: [now, ...median],
    low: [now, ...low],
    high: [now, ...high],
    paths: paths.map((path) => [now, ...path]),
  }
}

/** City time of its last lead. */
export function endOf({ madeMs, leadsS }: AheadForecast): number {
  return madeMs + (leadsS.at(-1) ?? 0) * 1000
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1 && !isServerless) {
    void ask()
    timer = setInterval(() => void ask(), ASK_EVERY_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

async function ask(): Promise<void> {
  try {
    const next = await get<Ahead>('/api/forecast')
    // charts draw anew only when there is another forecast, or another member in it
    const print = ({ state, forecast, hasPictures }: Ahead) =>
      `${state} ${forecast?.madeMs} ${forecast?.members} ${hasPictures}`
    if (answer !== undefined && print(answer) === print(next)) return
    answer = next
  } catch {
    // the status line says that the server is away; the last forecast stands, and its age is written beside it
    return
  }
  for (const listener of listeners) listener()
}
