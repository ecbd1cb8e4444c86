/** What everything on the screen is: an exercise while alarms are simulated, a replay, a forecast, or a run of its own. */
import type { PageState } from '../state/store.ts'
import { LIVE } from '../../twin/protocol/names.ts'

export type Mode = 'exercise' | 'replay' | 'forecast' | 'run'

/** No feed can be connected yet: what is not of another time is an exercise. */
export function modeOf({ stream, replay }: Pick<PageState, 'stream' | 'replay'>): Mode {
  if (replay !== undefined) return replay.forecast === undefined ? 'replay' : 'forecast'
  return stream === LIVE ? 'exercise' : 'run'
}
