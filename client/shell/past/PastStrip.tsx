/** The strip of time: what is recorded, what happened, what is expected, which moment is shown; dragged to any second, or stepped with the keys. */
import { scaleLinear } from 'd3'
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { Fan } from '../../charts/fan.ts'
import { timeTicks } from '../../charts/TimeSeries.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import { formatClock, formatDuration } from '../../language/format.ts'
import { say, sayCount } from '../../language/language.ts'
import type { PastMarks, PastSpan } from '../../source/pastSource.ts'
import type { Playback } from '../../state/playback.ts'
import type { ReplayState } from '../../state/store.ts'
import { AheadZone } from '../ahead/AheadZone.tsx'
import { bars, gathered, type Mark } from './pastMarks.ts'

const HEIGHT = 54
const LANE = 12
const BAR_TOP = 20
const BAR_BOTTOM = 38
const MARK_PX = 14
const BAR_PX = 6
const WIDEST_BAR_PX = 14
const MINUTE_MS = 60_000
// Not beside what the page itself needs. Who presses while this is on its way waits for it, about a keyframe's time.
const PREPARE_AFTER_MS = 2000

const markPaths: Readonly<Partial<Record<Mark['kind'], string>>> = {
  outages: 'M-5-5h10v10h-10z',
  closures: 'M0-6.5 6.5 0 0 6.5-6.5 0z',
  losses: 'M-4.5-4.5l9 9M4.5-4.5l-9 9',
}

export interface PastStripProps {
  readonly playback: Playback
  readonly span: PastSpan
  readonly marks: PastMarks | undefined
  readonly grave: readonly Mark[]
  readonly replay: ReplayState | undefined
  /** City time that is shown. */
  readonly shownMs: number
  readonly fromMs: number
  readonly toMs: number
  readonly timeZone: string
  /** What is expected after the end of what is recorded; undefined while nothing is. */
  readonly ahead: StripAhead | undefined
}

export interface StripAhead {
  readonly fan: Fan | undefined
  readonly fromMs: number
  readonly endMs: number
  /** Read off now. */
  readonly timeMs: number | undefined
  readonly show: (timeMs: number | undefined) => void
}

export function PastStrip(props: PastStripProps) {
  const { playback, span, marks, grave, replay, shownMs, fromMs, toMs, timeZone, ahead } = props
  const [ref, roomPx, unitPx] = useWidth<HTMLDivElement>(600)
  // in units of the page, as its type
  const widthPx = roomPx / unitPx
  const dragged = useRef<'moment' | number | undefined>(undefined)
  useEffect(() => {
    const timer = setTimeout(() => playback.prepare(), PREPARE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [playback])
  const x = scaleLinear([fromMs, toMs], [0, widthPx]).clamp(true)
  const atMs = ahead?.timeMs ?? replay?.timeMs ?? shownMs
  const endMs = span.parts.at(-1)?.toMs ?? toMs
  const timeOf = (event: PointerEvent) =>
    Math.round(x.invert((event.clientX - event.currentTarget.getBoundingClientRect().left) / unitPx) / 1000) *
    1000

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const isLane =
      event.clientY - event.currentTarget.getBoundingClientRect().top < LANE * unitPx || event.shiftKey
    dragged.current = isLane ? timeOf(event) : 'moment'
    if (!isLane) goTo(props, timeOf(event))
  }
  const onMove = (event: PointerEvent) => {
    const { current } = dragged
    if (current === undefined) return
    const timeMs = timeOf(event)
    if (current === 'moment') goTo(props, timeMs)
    else if (Math.abs(x(timeMs) - x(current)) > 3)
      playback.setRange([Math.min(current, timeMs), Math.max(current, timeMs)])
  }
  const onUp = () => (dragged.current = undefined)
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys(playback, props)[event.key]
    if (act === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    act(event.shiftKey)
  }
  const isAhead = ahead !== undefined && (ahead.timeMs !== undefined || replay?.forecast !== undefined)
  const age = formatDuration(Math.abs((isAhead ? ahead.fromMs : endMs) - atMs) / 1000)
  const words = !isAhead
    ? `${formatClock(atMs, timeZone, true)}, ${say('past.ago', { age })}`
    : say('ahead.valuetext', { time: formatClock(atMs, timeZone), age })
  const spacingMs = (MARK_PX / widthPx) * (toMs - fromMs)
  const barMs = Math.max(MINUTE_MS, (BAR_PX / widthPx) * (toMs - fromMs))
  const heights = bars(marks, fromMs, toMs, barMs)
  const most = Math.max(1, ...heights)
  const barPx = Math.min(WIDEST_BAR_PX, Math.max(1, x(fromMs + barMs) - 1))
  return (
    <div
      ref={ref}
      className="past-strip"
      role="slider"
      tabIndex={0}
      aria-label={say('past.strip')}
      aria-valuemin={Math.floor(fromMs / 1000)}
      aria-valuemax={Math.floor(toMs / 1000)}
      aria-valuenow={Math.floor(atMs / 1000)}
      aria-valuetext={replay || isAhead ? words : say('status.live')}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onUp}
      onKeyDown={onKeyDown}
    >
      <svg width={roomPx} height={HEIGHT * unitPx} viewBox={`0 0 ${widthPx} ${HEIGHT}`} aria-hidden="true">
        <rect className="past-lane" width={widthPx} height={LANE} />
        <rect className="past-ground" y={BAR_TOP} width={widthPx} height={BAR_BOTTOM - BAR_TOP} />
        {span.parts.map((part) => (
          <rect key={part.fromMs} className="past-part" {...box(x, part.fromMs, part.toMs)} />
        ))}
        {span.lost.map((gap) => (
          <rect key={gap.fromMs} className="past-ground" {...box(x, gap.fromMs, gap.toMs)} />
        ))}
        {ahead && (
          <AheadZone
            {...{ x, fan: ahead.fan, fromMs: ahead.fromMs, endMs: ahead.endMs }}
            top={BAR_TOP}
            bottom={BAR_BOTTOM}
          />
        )}
        {heights.map((n, i) => {
          const h = n === 0 ? 0 : 2 + ((BAR_BOTTOM - BAR_TOP - 4) * n) / most
          return (
            <rect
              key={i}
              className="past-bar"
              x={x(fromMs + (i + 0.5) * barMs) - barPx / 2}
              y={BAR_BOTTOM - h}
              width={barPx}
              height={h}
            />
          )
        })}
        {replay?.range && (
          <rect
            className="past-range"
            x={x(replay.range[0])}
            width={x(replay.range[1]) - x(replay.range[0])}
            height={BAR_BOTTOM}
          />
        )}
        {gathered(
          grave.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs),
          spacingMs,
        ).map((mark) => (
          <g
            key={`${mark.kind}${mark.timeMs}`}
            className={`past-mark ${mark.kind}`}
            transform={`translate(${x(mark.timeMs)},13)`}
          >
            <title>{`${formatClock(mark.timeMs, timeZone)} ${sayCount(`past.${mark.kind}`, mark.count)}`}</title>
            <path d={markPaths[mark.kind]} />
            {mark.count > 1 && (
              <text x={8} y={4}>
                {mark.count}
              </text>
            )}
          </g>
        ))}
        {ticksOf(fromMs, toMs, widthPx).map((timeMs) => (
          <g key={timeMs} className="past-tick" transform={`translate(${x(timeMs)},0)`}>
            <line y1={BAR_BOTTOM} y2={BAR_BOTTOM + 3} />
            <text y={HEIGHT - 2} textAnchor="middle">
              {formatClock(timeMs, timeZone)}
            </text>
          </g>
        ))}
        <g className="past-cursor" transform={`translate(${x(atMs)},0)`}>
          <line y1={LANE} y2={BAR_BOTTOM + 4} />
          <path d={`M-6 ${LANE - 6}h12l-6 9z`} />
        </g>
      </svg>
    </div>
  )
}

/** Quarter hours as charts have them; where few fit, whole minutes. */
function ticksOf(fromMs: number, toMs: number, widthPx: number): number[] {
  if (toMs - fromMs > 40 * MINUTE_MS) return timeTicks(fromMs, toMs, widthPx)
  const stepMs = (widthPx < 500 ? 5 : 2) * MINUTE_MS
  const first = Math.ceil(fromMs / stepMs) * stepMs
  const count = Math.max(0, Math.floor((toMs - first) / stepMs) + 1)
  const edgeMs = ((toMs - fromMs) / widthPx) * 18
  return Array.from({ length: count }, (_, i) => first + i * stepMs).filter(
    (timeMs) => timeMs - fromMs >= edgeMs && toMs - timeMs >= edgeMs,
  )
}

function box(x: (timeMs: number) => number, fromMs: number, toMs: number) {
  return { x: x(fromMs), y: BAR_TOP, width: Math.max(1, x(toMs) - x(fromMs)), height: BAR_BOTTOM - BAR_TOP }
}

/** To the recorded moment, or, past the end of what is recorded, to what is expected beside the present. */
export function goTo({ playback, span, replay, ahead }: PastStripProps, timeMs: number): void {
  const endMs = span.parts.at(-1)?.toMs ?? timeMs
  if (ahead === undefined || timeMs <= endMs) {
    ahead?.show(undefined)
    return playback.seek(timeMs)
  }
  if (replay !== undefined) playback.goLive()
  ahead.show(Math.min(timeMs, ahead.endMs))
}

/**
 * Left and right a second, with shift or up and down a minute, Home to the first, End to the present, space plays. Right of the
 * present lies the hour ahead, in minutes.
 */
export function keys(
  playback: Playback,
  props: PastStripProps,
): Readonly<Record<string, (isWide: boolean) => void>> {
  const { span, replay, ahead } = props
  const aheadMs = ahead?.timeMs ?? (replay === undefined ? span.parts.at(-1)?.toMs : undefined)
  const step = (byMs: number) => {
    const isAhead = ahead?.timeMs !== undefined || (byMs > 0 && ahead !== undefined && replay === undefined)
    if (!isAhead || aheadMs === undefined) playback.step(byMs)
    else stepAhead(props, aheadMs, Math.sign(byMs) * Math.max(MINUTE_MS, Math.abs(byMs)))
  }
  return {
    ArrowLeft: (isWide) => step(isWide ? -MINUTE_MS : -1000),
    ArrowRight: (isWide) => step(isWide ? MINUTE_MS : 1000),
    ArrowDown: () => step(-MINUTE_MS),
    ArrowUp: () => step(MINUTE_MS),
    Home: () => goTo(props, span.parts[0]?.fromMs ?? 0),
    End: () => {
      ahead?.show(undefined)
      playback.goLive()
    },
    ' ': () => (replay?.isPlaying ? playback.pause() : playback.play()),
  }
}

/** Back over the present's edge it is the present again. */
function stepAhead({ span, ahead }: PastStripProps, fromMs: number, byMs: number): void {
  const endMs = span.parts.at(-1)?.toMs ?? fromMs
  const timeMs = fromMs + byMs
  ahead?.show(timeMs <= endMs ? undefined : Math.min(timeMs, ahead.endMs))
}
