/** What a screen that runs for months wants: stay awake, never burn the same pixels, and be read from where people stand. */
import { useEffect, useLayoutEffect, useMemo, useState, type CSSProperties } from 'react'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'
import { dimAt, shiftAt } from '../../theme/burnIn.ts'
import { placeNow, roomOf, type Room } from '../../theme/room.ts'
import type { Viewing } from '../../theme/viewing.ts'

/** Keeps the screen on where the browser can; asks again when the page comes back to the front. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    const take = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock.request('screen').then(
        (taken) => (lock = taken),
        // Refused on battery, or without a user's gesture: the wall then relies on its own settings.
        () => undefined,
      )
    }
    take()
    document.addEventListener('visibilitychange', take)
    return () => {
      document.removeEventListener('visibilitychange', take)
      void lock?.release()
    }
  }, [])
}

/** Often enough for steps of minutes. */
const LOOK_MS = 5000

/** Moves the whole page by a few pixels now and then, all screens of a wall alike. */
export function usePixelShift(): CSSProperties {
  const [transform, setTransform] = useState(transformNow)
  useEffect(() => {
    const timer = setInterval(() => setTransform(transformNow()), LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  return { transform }
}

function transformNow(): string {
  const { xPx, yPx } = shiftAt(Date.now())
  return `translate(${xPx}px, ${yPx}px)`
}

/** Takes light away at night, by the city's clock; on the root, for whatever a wall's page holds. */
export function useNightDim(live: Live): void {
  const share = useStore(live.store, ({ clock, view }) =>
    clock && view.night ? Math.round(dimAt(secondOfDay(clock), view.night) * 100) / 100 : 0,
  )
  useLayoutEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--dim', String(share))
    return () => void style.removeProperty('--dim')
  }, [share])
}

const DAY_S = 86_400

function secondOfDay({ timeMs, utcOffsetS }: { timeMs: number; utcOffsetS: number }): number {
  return (Math.floor(timeMs / 1000) + utcOffsetS + DAY_S) % DAY_S
}

/** How large everything is, and what there is room for; also told to the root, where the scale of type is worked out. */
export function useRoom(viewing: Viewing | undefined): Room {
  const [place, setPlace] = useState(placeNow)
  useEffect(() => {
    const measure = () => setPlace(placeNow())
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  const room = useMemo(() => roomOf(viewing, place), [viewing, place])
  useLayoutEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--unit', `${room.unitPx}px`)
    return () => void style.removeProperty('--unit')
  }, [room])
  return room
}
