/** The line to a town of the reader's own, which lives in a worker of this page, and where the page finds its files. */
import { sayTown } from '../language/townWords.ts'
import { infoOfTown } from '../source/cityPlace.ts'
import { withReplay, type Memory } from '../source/replaySource.ts'
import { answerDoors } from '../source/serverless.ts'
import { makeTwinSource } from '../source/twinSource.ts'
import { offsetOfZoneS } from '../source/zoneOffset.ts'
import { startLive, type Live } from '../state/live.ts'
import { townFilesOf } from '../state/townCity.ts'
import { keepViewInUrl } from '../state/urlView.ts'
import type { View } from '../state/view.ts'

/** The streets fill for so long before the first frame, seconds: trips across a town are shorter. Assumed. */
const SETTLE_S = 900

/** Rejects, in words for the reader, when this browser does not keep the town. */
export async function connectTown(view: View, town: string): Promise<Live> {
  const info = await infoOfTown(town).catch((error: Error) => {
    throw new Error(sayTown('gone', { id: town }), { cause: error })
  })
  const utcOffsetS = offsetOfZoneS(info.timeZone, Date.now())
  let hear: Parameters<Memory['onMoments']>[0] | undefined
  const line = makeTwinSource({
    utcOffsetS,
    city: async () => ({ id: town, place: { town } }),
    refusal: sayTown('refusal'),
    settleS: SETTLE_S,
    keep: (moments, startMs) => hear?.(moments, startMs),
  })
  answerDoors((path) => line.door(path))
  const memory: Memory = { cityId: town, utcOffsetS, onMoments: (told) => (hear = told) }
  const live = startLive(withReplay(line, { memory }), view, townFilesOf(town))
  keepViewInUrl(live.store)
  return live
}
