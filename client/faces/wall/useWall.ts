/** What a screen that runs for months wants: stay awake, and never burn the same pixels. */
import { useEffect, useState, type CSSProperties } from 'react'

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

/** Moves the whole page by a few pixels round a small square, a step every three minutes. */
export function usePixelShift(): CSSProperties {
  const [step, setStep] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setStep((at) => (at + 1) % 4), SHIFT_MS)
    return () => clearInterval(timer)
  }, [])
  const x = step === 1 || step === 2 ? SHIFT_PX : 0
  const y = step >= 2 ? SHIFT_PX : 0
  return { transform: `translate(${x}px, ${y}px)` }
}
