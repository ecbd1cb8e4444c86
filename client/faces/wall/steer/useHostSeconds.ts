/** Whole seconds until a moment of the host's clock, counted down. */
import { useEffect, useState } from 'react'
import { useShell } from '../../../shell/shellContext.ts'

const LOOK_MS = 250

/** Undefined while there is none, or the host's clock is not known. */
export function useHostSeconds(untilMs: number | undefined): number | undefined {
  const { live } = useShell()
  const left = () => {
    const hostMs = live.source.walls?.hostNowMs()
    return untilMs === undefined || hostMs === undefined
      ? undefined
      : Math.max(0, Math.ceil((untilMs - hostMs) / 1000))
  }
  const [, look] = useState<number>()
  useEffect(() => {
    const timer = setInterval(() => look(left()), LOOK_MS)
    return () => clearInterval(timer)
  })
  return left()
}
