/** A GTFS-Realtime message without fault, as bytes: a vehicle, a trip update and an alert. */
import { encodeFeedMessage } from '../../../server/feeds/formats/gtfsRealtime/write.ts'
import { alert, call, message, update, vehicle } from '../../server/feeds/realtimeMessages.ts'

export function realtimeSample(nowMs: number): Uint8Array {
  const nowS = nowMs / 1000
  const timestampS = nowS - 10
  return encodeFeedMessage(
    message(
      [
        vehicle({ timestampS }),
        update({ timestampS, stopTimeUpdates: [call(1, nowS), call(2, nowS + 60)] }),
        alert({ activePeriods: [{ startS: nowS - 3600, endS: NaN }] }),
      ],
      { timestampS: nowS - 5 },
    ),
  )
}
