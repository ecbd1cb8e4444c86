/** The line of time: the recorded past, now and the hour ahead; how it plays, what is in view in words, files saved and opened. */
import { useState, type ReactNode } from 'react'
import { formatClock } from '../../language/format.ts'
import { say, sayCount } from '../../language/language.ts'
import type { PastSpan } from '../../source/pastSource.ts'
import { SPEEDS } from '../../state/playback.ts'
import { useStore } from '../../state/store.ts'
import { AheadPanel } from '../ahead/AheadPanel.tsx'
import { endOf, useFan, useForecast } from '../ahead/forecastFeed.ts'
import { useAheadMoment } from '../ahead/useAheadMoment.ts'
import { useShell } from '../shellContext.ts'
import './past.css'
import { PastFiles } from './PastFiles.tsx'
import { countsBetween, graveMarks, wordsOf } from './pastMarks.ts'
import { PastStrip, type StripAhead } from './PastStrip.tsx'
import { usePast, type Past } from './usePast.ts'

const windows = { day: 24 * 3_600_000, hours: 3 * 3_600_000, minutes: 20 * 60_000 } as const
type WindowName = keyof typeof windows
/** How near a stop counts as being there. */
const AT_STOP_MS = 2000
/** Frames lie a second apart; further from the asked time lies a gap. */
const GAP_MS = 20_000
/** The end of what is recorded is asked for every few seconds, and may be that much behind the forecast's beginning. */
const LATE_MS = 60_000

/** Small, it leaves out what a passer-by does not need: ranges, widths of the strip, files. */
export function PastPanel({ isSmall = false }: { isSmall?: boolean }) {
  const { live } = useShell()
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  return (
    <>
      <Recorded isSmall={isSmall} />
      {!isPast && <AheadPanel />}
    </>
  )
}

function Recorded({ isSmall }: { isSmall: boolean }) {
  const { live } = useShell()
  const past = usePast(live)
  const replay = useStore(live.store, (page) => page.replay)
  const clock = useStore(live.store, (page) => page.clock)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const [windowName, chooseWindow] = useState<WindowName>('day')
  const ahead = useStripAhead(past?.span?.parts.at(-1)?.toMs)
  if (!past) return <p className="quiet">{say('past.notRecorded')}</p>
  const { span, marks, playback, error } = past
  const last = span?.parts.at(-1)
  if (!span || !last || !clock || !timeZone)
    return <p className="quiet">{error ?? [say('past.none'), unreadableWords(span)].join(' ')}</p>
  const grave = graveMarks(marks, span)
  const shownMs = ahead?.timeMs ?? replay?.timeMs ?? last.toMs
  const [fromMs, toMs] = windowOf(windowName, span.parts[0].fromMs, last.toMs, ahead?.endMs, shownMs)
  const knownMs = Math.min(toMs, last.toMs)
  const clockOf = (timeMs: number) => formatClock(timeMs, timeZone, true)
  const stop = grave.filter(({ timeMs }) => Math.abs(timeMs - (replay?.timeMs ?? 0)) < AT_STOP_MS)
  const isWithin = (stretch: { fromMs: number; toMs: number }) =>
    stretch.fromMs <= shownMs && shownMs <= stretch.toMs
  const isRecorded = span.parts.some(isWithin) && !span.lost.some(isWithin)
  const isGap =
    replay &&
    !isRecorded &&
    !replay.isSeeking &&
    !replay.isWaiting &&
    replay.gapMs > GAP_MS * Math.max(1, replay.speed / 60)
  return (
    <section className="past" data-past={replay !== undefined} aria-label={say('past.title')}>
      <div className="past-controls">
        <Transport past={past} isPast={replay !== undefined} isPlaying={replay?.isPlaying === true} />
        <Choice label={say('past.speed')}>
          {SPEEDS.map((speed) => (
            <button
              key={speed}
              type="button"
              aria-pressed={replay?.isPlaying === true && replay.speed === speed}
              onClick={() => playback.play(speed)}
            >
              {speed}×
            </button>
          ))}
        </Choice>
        {!replay?.forecast && (
          <button type="button" onClick={() => playback.shift(grave)}>
            {say(playback.isShift && !replay?.isPlaying ? 'past.goOn' : 'past.shift')}
          </button>
        )}
        {!isSmall && (
          <>
            <p className="past-words" role="status">
              {replay?.error !== undefined && say('past.failed', { why: replay.error })}
              {replay && stop.length > 0 && !replay.isPlaying
                ? say('past.stopped', {
                    time: clockOf(replay.timeMs),
                    what: wordsOf({ [stop[0].kind]: stop.length }),
                  })
                : isGap && replay.error === undefined
                  ? say('past.gap', { time: clockOf(replay.timeMs) })
                  : !replay && say('past.isLive')}{' '}
              <span>
                {clockOf(fromMs).slice(0, 5)}–{clockOf(knownMs).slice(0, 5)}:{' '}
                {wordsOf(countsBetween(marks, grave, fromMs, knownMs)) || say('past.quiet')}
              </span>{' '}
              {unreadableWords(span)}
            </p>
            <RangeButtons past={past} clockOf={clockOf} />
            <Choice label={say('past.window')}>
              {(Object.keys(windows) as WindowName[]).map((name) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={name === windowName}
                  onClick={() => chooseWindow(name)}
                >
                  {say(`past.window.${name}`)}
                </button>
              ))}
            </Choice>
            {!replay?.forecast && <PastFiles past={past} shownMs={replay?.timeMs ?? last.toMs} />}
          </>
        )}
      </div>
      <PastStrip
        {...{ playback, span, marks, grave, replay, fromMs, toMs, timeZone, ahead }}
        shownMs={replay ? clock.timeMs : last.toMs}
      />
    </section>
  )
}

/** What is kept and cannot be shown is not passed over in silence. */
function unreadableWords(span: PastSpan | undefined): string {
  return span?.unreadable ? sayCount('past.unreadable', span.unreadable) : ''
}

function Transport({ past, isPast, isPlaying }: { past: Past; isPast: boolean; isPlaying: boolean }) {
  const { playback } = past
  return (
    <>
      {isPast && (
        <button type="button" className="strong" onClick={() => playback.goLive()}>
          {say('past.backToLive')}
        </button>
      )}
      <button type="button" onClick={() => (isPlaying ? playback.pause() : playback.play())}>
        {say(isPlaying ? 'past.pause' : 'past.play')}
      </button>
    </>
  )
}

function RangeButtons({ past, clockOf }: { past: Past; clockOf: (timeMs: number) => string }) {
  const { live } = useShell()
  const replay = useStore(live.store, (page) => page.replay)
  if (!replay) return null
  const { range, timeMs } = replay
  const last = past.span?.parts.at(-1)?.toMs ?? timeMs
  return (
    <span className="past-range-words">
      {range ? (
        <>
          <small>{say('past.rangeOf', { from: clockOf(range[0]), to: clockOf(range[1]) })}</small>
          {timeMs > range[0] && timeMs !== range[1] && (
            <button type="button" className="link" onClick={() => past.playback.setRange([range[0], timeMs])}>
              {say('past.rangeEnd')}
            </button>
          )}
          <button type="button" className="link" onClick={() => past.playback.setRange(undefined)}>
            {say('past.clearRange')}
          </button>
        </>
      ) : (
        <button type="button" className="link" onClick={() => past.playback.setRange([timeMs, last])}>
          {say('past.rangeStart')}
        </button>
      )}
    </span>
  )
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="past-choice" role="group" aria-label={label}>
      {children}
    </span>
  )
}

/** The hour ahead after `nowMs`, or the one that is played; undefined while nothing is expected, and beside a saved file. */
function useStripAhead(nowMs: number | undefined): StripAhead | undefined {
  const { live } = useShell()
  const forecast = useForecast()
  const fan = useFan('speedRatio')
  const moment = useAheadMoment(live)
  const isFile = useStore(live.store, ({ replay }) => replay?.file !== undefined)
  const playedMs = useStore(live.store, ({ replay }) => replay?.forecast?.madeMs)
  const show = (aheadMs: number | undefined) => live.store.set({ aheadMs })
  if (playedMs !== undefined && nowMs !== undefined) {
    const own = forecast?.madeMs === playedMs ? fan : undefined
    return { fan: own, fromMs: playedMs, endMs: nowMs, timeMs: undefined, show }
  }
  if (!forecast || nowMs === undefined || isFile) return undefined
  if (endOf(forecast) <= nowMs || forecast.madeMs > nowMs + LATE_MS) return undefined
  return { fan, fromMs: nowMs, endMs: endOf(forecast), timeMs: moment?.timeMs, show }
}

/** A day ends with what is known or expected; closer, the shown moment stands within, and the strip moves by half its width. */
export function windowOf(
  name: WindowName,
  firstMs: number,
  lastMs: number,
  aheadEndMs: number | undefined,
  atMs: number,
): [number, number] {
  const widthMs = windows[name]
  const endMs = Math.max(lastMs, aheadEndMs ?? lastMs)
  if (name === 'day') return [Math.max(endMs - widthMs, Math.min(firstMs, lastMs - 600_000)), endMs]
  const page = widthMs / 2
  const toMs = Math.min(endMs, (Math.floor(atMs / page) + 1.5) * page)
  return [toMs - widthMs, toMs]
}
