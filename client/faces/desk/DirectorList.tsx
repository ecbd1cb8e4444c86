/** The director's list of a wall: views of the desk's map, named and added one by one; kept on this machine, or taken over from the list that runs. */
import { useState } from 'react'
import { LEAST_DWELL_S } from '../../../twin/protocol/wallDwell.ts'
import type { WallStop } from '../../../twin/protocol/wallMessages.ts'
import { formatDuration } from '../../language/format.ts'
import { sayWall } from '../../language/wallWords.ts'
import { deviceKeep } from '../../shell/outbox.ts'
import { useMyView } from './useMyView.ts'
import { readViews } from './keptViews.ts'

const DWELLS_S = [LEAST_DWELL_S, 30, 60, 120, 300] as const
const MOST_VIEWS = 24
const keyOf = (wall: string) => `citytwin.views.${wall}`

interface DirectorListProps {
  readonly wall: string
  /** Those that the wall goes through now, by whichever desk they were sent. */
  readonly running: readonly WallStop[] | undefined
  onStart(views: readonly WallStop[], dwellS: number): void
}

export function DirectorList({ wall, running, onStart }: DirectorListProps) {
  const [own, setOwn] = useState(() => readViews(deviceKeep()?.getItem(keyOf(wall)) ?? ''))
  // who has no list of his own goes on with the one that runs
  const views = own.length > 0 ? own : (running ?? own)
  const [name, setName] = useState('')
  const [dwellS, setDwellS] = useState<number>(DWELLS_S[1])
  const myView = useMyView()
  const keep = (next: readonly WallStop[]) => {
    setOwn([...next])
    deviceKeep()?.setItem(keyOf(wall), JSON.stringify(next))
  }
  return (
    <fieldset className="stack plain-set">
      <legend>{sayWall('desk.views')}</legend>
      {views.length === 0 ? (
        <p className="quiet">{sayWall('desk.viewsNone')}</p>
      ) : (
        <ol className="plain desk-views">
          {views.map((view, i) => (
            <li key={`${i} ${view.text}`} className="row">
              <span>{view.text}</span>
              <button
                type="button"
                className="bare push"
                aria-label={sayWall('desk.remove', { name: view.text })}
                onClick={() => keep(views.filter((_, other) => other !== i))}
              >
                ✕
              </button>
            </li>
          ))}
        </ol>
      )}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (!myView || name.trim() === '' || views.length >= MOST_VIEWS) return
          keep([...views, { text: name.trim(), ...myView }])
          setName('')
        }}
      >
        <input
          aria-label={sayWall('desk.viewName')}
          placeholder={sayWall('desk.viewHint')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" disabled={!myView || name.trim() === ''}>
          {sayWall('desk.add')}
        </button>
      </form>
      {views.length > 0 && (
        <div className="row">
          <label>
            {sayWall('desk.dwell')}
            <select value={dwellS} onChange={(event) => setDwellS(Number(event.target.value))}>
              {DWELLS_S.map((spanS) => (
                <option key={spanS} value={spanS}>
                  {formatDuration(spanS)}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => onStart(views, dwellS)}>
            {sayWall('desk.start')}
          </button>
        </div>
      )}
    </fieldset>
  )
}
