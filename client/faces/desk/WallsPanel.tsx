/** Steers the walls that are on: what each shows, the desk's view sent there, light and moment, and what runs by itself. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { SteerWall, WallFacts } from '../../../twin/protocol/wallMessages.ts'
import { formatClock, formatNumber } from '../../language/format.ts'
import { languages } from '../../language/language.ts'
import { say } from '../../language/language.ts'
import { sayWall } from '../../language/wallWords.ts'
import { useShell } from '../../shell/shellContext.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { addressOf } from '../../source/address.ts'
import { useStore } from '../../state/store.ts'
import { useHostSeconds } from '../wall/steer/useHostSeconds.ts'
import { useStory } from '../wall/steer/useStory.ts'
import { pastAt } from '../wall/steer/wallPast.ts'
import { DirectorList } from './DirectorList.tsx'
import { WallMoment } from './WallMoment.tsx'
import { useMyView } from './useMyView.ts'
import './walls.css'

/** Milliseconds. */
const ASK_MS = 1500

export function WallsPanel({ onClose }: { onClose: () => void }) {
  const { live } = useShell()
  const { walls } = live.source
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const ask = useCallback(async () => {
    const reply = await walls?.list()
    if (!reply?.ok) throw new Error(reply?.error ?? '')
    return reply.walls
  }, [walls])
  const { value, error } = usePolled(ask, ASK_MS)
  const [name, choose] = useState<string>()
  const wall = value?.find((one) => one.name === name) ?? value?.[0]
  return (
    <section
      className="desk-walls stack"
      aria-label={sayWall('desk.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className="row">
        <h2 ref={heading} tabIndex={-1}>
          {sayWall('desk.title')}
        </h2>
        <button type="button" className="bare push" aria-label={say('dialog.close')} onClick={onClose}>
          ✕
        </button>
      </div>
      {error !== undefined && <p role="alert">{sayWall('desk.failed', { why: error })}</p>}
      {value?.length === 0 && <p className="quiet">{sayWall('desk.none')}</p>}
      {value && value.length > 1 && (
        <label>
          {sayWall('desk.which')}
          <select value={wall?.name} onChange={(event) => choose(event.target.value)}>
            {value.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </label>
      )}
      {wall && <OneWall key={wall.name} wall={wall} />}
      <a href={addressOf('/wall?setup')} target="_blank" rel="noreferrer">
        {sayWall('desk.setUp')}
      </a>
    </section>
  )
}

function OneWall({ wall }: { wall: WallFacts }) {
  const { live } = useShell()
  const { walls } = live.source
  const [refusal, setRefusal] = useState<string>()
  const myView = useMyView()
  const steer = (told: SteerWall) =>
    void walls?.steer(told).then((reply) => setRefusal(reply.ok ? undefined : reply.error))
  const tell = useStory(wall.name, walls?.steer)
  const { name, show } = wall
  return (
    <>
      <WallState wall={wall} />
      <div className="row">
        <button
          type="button"
          className="strong"
          disabled={!myView}
          onClick={() => myView && steer({ name, act: 'look', ...myView })}
        >
          {sayWall('desk.send')}
        </button>
        {show.programme && (
          <button type="button" onClick={() => steer({ name, act: 'stop' })}>
            {sayWall('desk.stop')}
          </button>
        )}
        {isTold(show) && (
          <button type="button" onClick={() => steer({ name, act: 'release' })}>
            {sayWall('desk.release')}
          </button>
        )}
      </div>
      <div className="row">
        {(['night', 'day'] as const).map((theme) => (
          <button
            key={theme}
            type="button"
            aria-pressed={show.theme === theme}
            onClick={() => steer({ name, act: 'dress', theme })}
          >
            {sayWall(`desk.theme.${theme}`)}
          </button>
        ))}
      </div>
      <WallMoment wall={wall} steer={steer} />
      <DirectorList
        wall={name}
        running={wall.views}
        onStart={(views, dwellS) => steer({ name, act: 'direct', views: [...views], dwellS })}
      />
      <div className="row">
        <span className="quiet">{sayWall('desk.story')}</span>
        {languages.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            onClick={() =>
              void tell(language).then((reply) => setRefusal(reply.ok ? undefined : reply.error))
            }
          >
            {sayWall('offer.language', {}, language)}
          </button>
        ))}
      </div>
      {refusal !== undefined && <p role="alert">{sayWall('desk.refused', { why: refusal })}</p>}
    </>
  )
}

/** Whether it shows anything but what its address says. */
function isTold({ moves, layers, theme, timeMs, programme }: WallFacts['show']): boolean {
  return moves.length > 0 || [layers, theme, timeMs, programme].some((told) => told !== undefined)
}

/** The moment of the past that a wall shows now; undefined while it shows the present, also when it has played up to it. */
function usePastShown({ timeMs, run }: WallFacts['show']): number | undefined {
  const { live } = useShell()
  // a desk that shows the past itself does not know the present
  const nowMs = useStore(live.store, ({ clock, replay }) => (replay ? Infinity : (clock?.timeMs ?? Infinity)))
  if (timeMs === undefined) return undefined
  const shownMs = pastAt(timeMs, run, live.source.walls?.hostNowMs())
  return shownMs < nowMs ? shownMs : undefined
}

function WallState({ wall: { name, screens, show } }: { wall: WallFacts }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const leftS = useHostSeconds(show.programme?.nextMs)
  const { cols, rows } = screens[0]
  const on = new Set(screens.map(({ col, row }) => `${col},${row}`)).size
  const px = formatNumber(screens.reduce((sum, { widthPx, heightPx }) => sum + widthPx * heightPx, 0))
  const { programme } = show
  const pastMs = usePastShown(show)
  return (
    <div>
      <h3>{name}</h3>
      <p>
        {cols * rows === 1
          ? sayWall('desk.screen', { px })
          : sayWall('desk.screens', { n: on, size: `${cols} × ${rows}`, px })}
      </p>
      {on < cols * rows && (
        <p role="status">{sayWall('desk.missing', { n: cols * rows - on, of: cols * rows })}</p>
      )}
      <p>
        {sayWall('desk.shows')}{' '}
        {pastMs !== undefined
          ? sayWall('desk.shows.past', { time: formatClock(pastMs, timeZone) })
          : (programme?.text ?? sayWall(show.moves.length > 0 ? 'desk.shows.look' : 'desk.shows.own'))}
      </p>
      {programme && (
        <p className="quiet">
          {[
            sayWall('count', { at: programme.index + 1, of: programme.count }),
            programme.held && sayWall(programme.held === 'alarm' ? 'alarmHolds' : 'handHolds'),
            leftS !== undefined && sayWall('next', { s: leftS }),
          ]
            .filter((words) => typeof words === 'string')
            .join(' · ')}
        </p>
      )}
    </div>
  )
}
