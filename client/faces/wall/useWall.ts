/** What a screen that runs for months wants: stay awake, never burn the same pixels, and be read from where people stand. */
import { useEffect, useMemo, useState, type CSSProperties } from 'react'
import { leastFontPx, pixelPitchMm, type Viewing } from '../../theme/viewing.ts'

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

const SHIFT_PX = 3
const SHIFT_MS = 180_000
const SHIFT_LOOK_MS = 1000

/** Moves the whole page by a few pixels round a small square, a step every three minutes, all screens of a wall alike. */
export function usePixelShift(): CSSProperties {
  const [step, setStep] = useState(stepNow)
  useEffect(() => {
    const timer = setInterval(() => setStep(stepNow()), SHIFT_LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  const x = step === 1 || step === 2 ? SHIFT_PX : 0
  const y = step >= 2 ? SHIFT_PX : 0
  return { transform: `translate(${x}px, ${y}px)` }
}

function stepNow(): number {
  return Math.floor(Date.now() / SHIFT_MS) % 4
}

/** The smallest type of the scale, in units. */
const LEAST_UNITS = 12
/** Screens are this many units wide when nobody says from where they are seen; below are those with room for less. */
const USUAL_UNITS = 1640
const UPRIGHT_UNITS = 640
const NARROW_UNITS = 1250
const SCANT_UNITS = 800

export interface Room {
  /** CSS pixels of one unit; undefined leaves it to the width of the screen. */
  readonly unitPx: number | undefined
  readonly room: 'full' | 'narrow' | 'scant'
}

/** How large everything is for who stands where the address says, and what there is room for then. */
export function useRoom(viewing: Viewing | undefined): Room {
  const [widthPx, setWidth] = useState(innerWidth)
  useEffect(() => {
    const measure = () => setWidth(innerWidth)
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  return useMemo(() => roomOf(viewing, widthPx), [viewing, widthPx])
}

/** The same for a screen so wide. */
export function roomOf(viewing: Viewing | undefined, widthPx: number): Room {
  if (viewing === undefined) return { unitPx: undefined, room: 'full' }
  // the screen's own pixels, whatever a CSS pixel is
  const pitchMm = pixelPitchMm(
    viewing.diagonalIn,
    screen.width * devicePixelRatio,
    screen.height * devicePixelRatio,
  )
  const leastPx = leastFontPx(viewing.distanceM, pitchMm) / devicePixelRatio
  const usual = widthPx > innerHeight ? USUAL_UNITS : UPRIGHT_UNITS
  const unitPx = Math.max(widthPx / usual, leastPx / LEAST_UNITS)
  const units = (widthPx / unitPx) * (USUAL_UNITS / usual)
  return { unitPx, room: units >= NARROW_UNITS ? 'full' : units >= SCANT_UNITS ? 'narrow' : 'scant' }
}
