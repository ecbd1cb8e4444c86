/** The moment of the hour ahead that is read off; the map keeps the present meanwhile. */
import { LIVE } from '../../../twin/protocol/names.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'
import { endOf, useForecast, type AheadForecast } from './forecastFeed.ts'

export interface AheadMoment {
  readonly timeMs: number
  readonly forecast: AheadForecast
}

/** Undefined while none is chosen, once it has come, and where the forecast does not reach. */
export function useAheadMoment(live: Live): AheadMoment | undefined {
  const forecast = useForecast()
  const timeMs = useStore(live.store, ({ aheadMs, stream, clock }) =>
    stream === LIVE && aheadMs !== undefined && clock && clock.timeMs < aheadMs ? aheadMs : undefined,
  )
  if (forecast === undefined || timeMs === undefined || timeMs > endOf(forecast)) return undefined
  return { timeMs, forecast }
}
