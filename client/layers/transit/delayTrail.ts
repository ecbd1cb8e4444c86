/** The delays of a line's trips through time: from the server's history, and as seen by this page while it looks at the line. */
import { useEffect, useMemo, useState } from 'react'
import { REPLAY } from '../../source/frameSource.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import type { DelaySample } from '../../charts/strings.ts'
import { addressOf } from '../../source/address.ts'
import { isServerless } from '../../source/serverless.ts'
import type { LayerContext } from '../layer.ts'
import type { Bus } from './busPlaces.ts'

/** As far as the server keeps them. */
const MINUTES = 180
/** The server keeps one a minute. */
const ASK_EVERY_MS = 15_000
const SPACING_MS = 10_000
/** Nothing older is drawn. */
const KEEP_MS = MINUTES * 60_000

export type DelaysByTrip = ReadonlyMap<number, readonly DelaySample[]>

/** Delays by trip that a page has seen, a sample so often. */
export class DelayTrail {
  /** Whose they are: a stream and a line. */
  readonly of: string
  readonly byTrip = new Map<number, DelaySample[]>()

  constructor(of: string) {
    this.of = of
  }

  take(trip: number, sample: DelaySample): void {
    const samples = this.byTrip.get(trip)
    if (samples === undefined) {
      this.forgetBefore(sample.timeMs - KEEP_MS)
      this.byTrip.set(trip, [sample])
      return
    }
    // a past that is shown again is known already
    const isNews = samples.every(({ timeMs }) => Math.abs(timeMs - sample.timeMs) >= SPACING_MS)
    if (isNews) samples.push(sample)
  }

  /** A page may look at a line for days. */
  private forgetBefore(beforeMs: number): void {
    for (const [trip, samples] of this.byTrip)
      if (samples.every(({ timeMs }) => timeMs < beforeMs)) this.byTrip.delete(trip)
  }
}

/** Samples of both, in the order of time, within a time. */
export function joinedDelays(
  sources: readonly DelaysByTrip[],
  trip: number,
  fromMs: number,
  toMs: number,
): DelaySample[] {
  return sources
    .flatMap((source) => source.get(trip) ?? [])
    .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
    .toSorted((a, b) => a.timeMs - b.timeMs)
}

/** What is known of a line and direction, whose buses are given as they are now. */
export function useDelays(
  { stream, time }: LayerContext,
  line: { readonly route: number; readonly direction: number },
  buses: readonly Bus[],
): readonly DelaysByTrip[] {
  const key = `${line.route}/${line.direction}`
  const of = `${stream} ${key}`
  const trail = useMemo(() => new DelayTrail(of), [of])
  const timeMs = time?.timeMs
  useEffect(() => {
    if (timeMs === undefined) return
    for (const { trip, delayS } of buses) trail.take(trip, { timeMs, delayS })
  }, [trail, timeMs, buses])
  const kept = useKeptDelays(key, stream === LIVE || stream === REPLAY)
  return kept ? [kept, trail.byTrip] : [trail.byTrip]
}

/** From the server's history, which is of the city itself and of none of its copies. */
function useKeptDelays(key: string, isWanted: boolean): DelaysByTrip | undefined {
  const [answer, setAnswer] = useState<{ key: string; byTrip: DelaysByTrip }>()
  useEffect(() => {
    if (isServerless || !isWanted) return
    const stop = new AbortController()
    const ask = () =>
      fetch(addressOf(`/api/lines/${key}/delays?minutes=${MINUTES}`), { signal: stop.signal })
        .then((response) => (response.status === 200 ? (response.json() as Promise<Answer>) : undefined))
        .then((body) => body && setAnswer({ key, byTrip: byTripOf(body) }))
        .catch(() => {
          // the status line says that the server is away; the chart keeps what it has
        })
    void ask()
    const timer = setInterval(ask, ASK_EVERY_MS)
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [key, isWanted])
  return isWanted && answer?.key === key ? answer.byTrip : undefined
}

interface Answer {
  readonly trips: readonly {
    readonly trip: number
    readonly timesMs: readonly number[]
    readonly delayS: readonly number[]
  }[]
}

function byTripOf({ trips }: Answer): DelaysByTrip {
  return new Map(
    trips.map(({ trip, timesMs, delayS }) => [
      trip,
      timesMs.map((timeMs, i) => ({ timeMs, delayS: delayS[i] })),
    ]),
  )
}
