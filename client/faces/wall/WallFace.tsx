/** The wall: read across a room, touched by nobody. The map, what needs a person, what happened, and four numbers with their hour. */
import { useEffect } from 'react'
import { domainIds } from '../../../twin/domains.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import { say } from '../../language/language.ts'
import { EventList } from '../../shell/EventList.tsx'
import { useMode } from '../../shell/Exercise.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { wallLook } from '../../map/wallLook.ts'
import '../../shell/shell.css'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'
import { useStore } from '../../state/store.ts'
import { FaceMap } from '../FaceMap.tsx'
import { Alarms } from './Alarms.tsx'
import { DomainNumber } from './DomainNumber.tsx'
import { FeedHealth } from './FeedHealth.tsx'
import { WallIncidents } from './WallIncidents.tsx'
import { NotLive } from './NotLive.tsx'
import { WallBar } from './WallBar.tsx'
import { useNightDim, usePixelShift, useRoom, useWakeLock } from './useWall.ts'
import { TileFace } from './span/TileFace.tsx'
import { OverMap } from './steer/OverMap.tsx'
import { useSteered } from './steer/useSteered.ts'
import './wall.css'
import './room.css'

// As many sentences as the panel holds at its size.
const EVENTS = { full: 6, narrow: 2, scant: 0, least: 0 } as const

export function WallFace() {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const span = useStore(live.store, ({ view }) => view.span)
  useWakeLock()
  const shift = usePixelShift()
  useNightDim(live)
  const mode = useMode(live)
  const { room } = useRoom(useStore(live.store, ({ view }) => view.viewing))
  const steered = useSteered()
  if (span)
    return (
      <TileFace span={span} room={room} style={shift}>
        <OverMap {...steered} />
      </TileFace>
    )
  return (
    <div className="wall" data-state={state} data-mode={mode} data-room={room} style={shift}>
      <NotLive />
      <WallBar />
      {room === 'least' ? (
        <Unmapped />
      ) : (
        <main className="map-place" aria-label={say('map.title')}>
          <SmallBoundary part={say('map.title')}>
            <FaceMap wall={wallLook} />
          </SmallBoundary>
          <OverMap {...steered} />
        </main>
      )}
      <aside className="wall-side">
        <section className="wall-alarm-area" aria-label={sayDesk('desk.alarms')}>
          <h2>{sayDesk('desk.alarms')}</h2>
          <Alarms />
        </section>
        <SmallBoundary part={sayIncident('wall.incidents')}>
          <WallIncidents />
        </SmallBoundary>
        <div className="wall-rest">
          <section className="wall-events" aria-label={say('events.title')}>
            <h2>{say('events.title')}</h2>
            <EventList limit={EVENTS[room]} isStill />
          </section>
          <section className="wall-feeds" aria-label={say('feeds.title')}>
            <h2>{say('feeds.title')}</h2>
            <FeedHealth />
          </section>
        </div>
      </aside>
      <footer className="wall-numbers">
        {domainIds.map((id) => (
          <DomainNumber key={id} domain={id} />
        ))}
      </footer>
    </div>
  )
}

/** Seen from so far that a map would show nothing: what it would have begun is begun without it. */
function Unmapped() {
  const { live } = useShell()
  useEffect(() => live.begin(), [live])
  return null
}
