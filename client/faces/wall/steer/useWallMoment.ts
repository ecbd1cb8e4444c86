/** A recorded moment in place of the present, standing or running on, for as long as one is told; run up to the present it is live. */
import { useEffect } from 'react'
import type { WallRun } from '../../../../twin/protocol/wallMessages.ts'
import { playbackOf } from '../../../shell/past/usePast.ts'
import { useShell } from '../../../shell/shellContext.ts'
import type { Live } from '../../../state/live.ts'
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
  const wantedMs = () => pastAt(timeMs, run, live.source.walls?.hostNowMs())
  let isGone = false
  let timer: ReturnType<typeof setInterval> | undefined
  // what is played keeps to what is recorded, which grows
  const measure = async () => {
    const span = await live.source.past?.span()
    if (isGone || span === undefined) return
    playback?.setSpan(span)
  }
  const look = () => {
    const { replay, clock } = live.store.get()
    if (run === undefined || clock === undefined || replay === undefined) return
    if (isAstray(replay.timeMs, wantedMs(), run) && wantedMs() < replay.presentMs) playback?.seek(wantedMs())
    void measure().catch(() => undefined)
  }
  const begin = () => {
    const { clock, replay } = live.store.get()
    if (isGone || playback === undefined) return
    // a screen that comes when all of it has been played shows the present, as the others do by now
    if (run !== undefined && replay === undefined && clock !== undefined && wantedMs() >= clock.timeMs) return
    playback.seek(wantedMs())
    if (run === undefined) playback.pause()
    else {
      playback.play(run.speed)
      timer = setInterval(look, LOOK_MS)
    }
  }
  measure().then(begin, begin)
  return () => {
    isGone = true
    clearInterval(timer)
  }
}
