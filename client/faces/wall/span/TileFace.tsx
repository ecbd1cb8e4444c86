/**
 * One screen of a wall of many: its part of the one picture; the screens at the right edge hold the panels, alarms always above.
 * Everything is where the screen's place in the wall says, so that a screen that dies and comes back is the same again.
 */
import { useMemo, type CSSProperties, type ReactNode } from 'react'
import { domainIds } from '../../../../twin/domains.ts'
import { sayDesk } from '../../../language/deskWords.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import { say } from '../../../language/language.ts'
import { wallLook } from '../../../map/wallLook.ts'
import { EventList } from '../../../shell/EventList.tsx'
import { useMode } from '../../../shell/Exercise.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { SmallBoundary } from '../../../shell/SmallBoundary.tsx'
import type { Span } from '../../../state/span.ts'
import { useStore } from '../../../state/store.ts'
import { FaceMap } from '../../FaceMap.tsx'
import { Alarms } from '../Alarms.tsx'
import { DomainNumber } from '../DomainNumber.tsx'
import { FeedHealth } from '../FeedHealth.tsx'
import { NotLive } from '../NotLive.tsx'
import { WallIncidents } from '../WallIncidents.tsx'
import { WallBar } from '../WallBar.tsx'
import { panelsOf, type PanelId } from './panels.ts'
import { PANEL_SHARE, spanLens, type RoomSize } from './spanLens.ts'
import './span.css'

const EVENTS = 6

interface TileFaceProps {
  readonly span: Span
  readonly room: RoomSize
  readonly style: CSSProperties
  /** Over the map. */
  readonly children?: ReactNode
}

export function TileFace({ span, room, style, children }: TileFaceProps) {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const viewing = useStore(live.store, ({ view }) => view.viewing)
  const lens = useMemo(() => spanLens(span, viewing, room), [span, viewing, room])
  const panels = panelsOf(span)
  const mode = useMode(live)
  return (
    <div
      className="wall wall-tile"
      data-state={state}
      data-mode={mode}
      data-room={room}
      data-edge={edgesOf(span)}
      style={{ ...style, '--panel': `${PANEL_SHARE[room] * 100}vw` } as CSSProperties}
    >
      <NotLive />
      <main className="map-place" aria-label={say('map.title')}>
        <SmallBoundary part={say('map.title')}>
          <FaceMap wall={wallLook} lens={lens} />
        </SmallBoundary>
        {children}
      </main>
      {panels.length > 0 && (
        <aside className="wall-side">
          {panels.map((panel) => (
            <Panel key={panel} panel={panel} />
          ))}
        </aside>
      )}
    </div>
  )
}

function Panel({ panel }: { panel: PanelId }) {
  switch (panel) {
    case 'bar':
      return <WallBar />
    case 'alarms':
      return (
        <section className="wall-alarm-area tile-alarms" aria-label={sayDesk('desk.alarms')}>
          <h2>{sayDesk('desk.alarms')}</h2>
          <Alarms />
        </section>
      )
    case 'incidents':
      return (
        <SmallBoundary part={sayIncident('wall.incidents')}>
          <WallIncidents />
        </SmallBoundary>
      )
    case 'events':
      return (
        <section className="wall-events" aria-label={say('events.title')}>
          <h2>{say('events.title')}</h2>
          <EventList limit={EVENTS} isStill />
        </section>
      )
    case 'feeds':
      return (
        <section className="wall-feeds" aria-label={say('feeds.title')}>
          <h2>{say('feeds.title')}</h2>
          <FeedHealth />
        </section>
      )
    case 'numbers':
      return (
        <div className="tile-numbers">
          {domainIds.map((id) => (
            <DomainNumber key={id} domain={id} />
          ))}
        </div>
      )
  }
}

/** The sides at which the wall ends: there, and only there, it is framed. */
function edgesOf({ cols, rows, col, row }: Span): string {
  return [row === 0 && 'top', row === rows - 1 && 'bottom', col === 0 && 'left', col === cols - 1 && 'right']
    .filter((edge) => edge !== false)
    .join(' ')
}
