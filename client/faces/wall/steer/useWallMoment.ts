/** A recorded moment in place of the present, standing or running on, for as long as one is told; run up to the present it is live. */
import { useEffect } from 'react'
import type { WallRun } from '../../../../twin/protocol/wallMessages.ts'
import { playbackOf } from '../../../shell/past/usePast.ts'
import { useShell } from '../../../shell/shellContext.ts'
import type { PastSpan } from '../../../source/pastSource.ts'
import type { Live } from '../../../state/live.ts'
import { nextRecorded } from '../../../state/playback.ts'
import { useStore } from '../../../state/store.ts'
import { isAstray, pastAt } from './wallPast.ts'

/** Seldom: each setting right asks for a picture anew. */
const LOOK_MS = 5000

export function useWallMoment(timeMs: number | undefined, run: WallRun | undefined): void {
  const { live } = useShell()
  // before there is a present nobody knows what is past
  const isReady = useStore(
    live.store,
    ({ city, clock, replay }) => city !== undefined && (clock !== undefined || replay !== undefined),
  )
  // told anew with all else that the wall shows: only another run begins anew
  const [speed, sinceMs] = [run?.speed, run?.sinceMs]
  useEffect(() => {
    if (!isReady) return
    if (timeMs === undefined) {
      if (live.store.get().replay !== undefined) playbackOf(live)?.goLive()
      return
    }
    const told = speed === undefined || sinceMs === undefined ? undefined : { speed, sinceMs }
    return showPast(live, timeMs, told)
  }, [live, timeMs, speed, sinceMs, isReady])
}

/** Gives back what ends it; what is shown then stays. */
function showPast(live: Live, timeMs: number, run: WallRun | undefined): () => void {
  const playback = playbackOf(live)
  let span: PastSpan | undefined
  // where nothing is recorded time passes at once, as it does for who plays it
  const wantedMs = () => {
    const toldMs = pastAt(timeMs, run, live.source.walls?.hostNowMs())
    return span === undefined ? toldMs : nextRecorded(span, toldMs)
  }
  let isGone = false
  let timer: ReturnType<typeof setInterval> | undefined
  // what is played keeps to what is recorded, which grows; what stands still is ever longer ago
  const measure = async () => {
    const found = await live.source.past?.span()
    if (isGone || found === undefined) return
    span = found
    playback?.setSpan(found)
  }
  const look = () => {
    const { replay } = live.store.get()
    if (replay === undefined) return
    if (run !== undefined && isAstray(replay.timeMs, wantedMs(), run) && wantedMs() < replay.presentMs)
      playback?.seek(wantedMs())
    void measure().catch(() => undefined)
  }
  const begin = () => {
    const { clock, replay } = live.store.get()
    if (isGone || playback === undefined) return
    // a screen that comes when all of it has been played shows the present, as the others do by now
    if (run !== undefined && replay === undefined && clock !== undefined && wantedMs() >= clock.timeMs) return
    playback.seek(wantedMs())
    if (run === undefined) playback.pause()
    else playback.play(run.speed)
    timer = setInterval(look, LOOK_MS)
  }
  measure().then(begin, begin)
  return () => {
    isGone = true
    clearInterval(timer)
  }
}
