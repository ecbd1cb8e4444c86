/** How to say where: move the map under the cross, search, or GPS when asked for. */
import { say } from '../../language/language.ts'
import { canDrawMap } from '../../map/canDraw.ts'
import { Search } from '../../shell/Search.tsx'
import type { ChosenPlace } from './usePlace.ts'

export function PlacePicker({ place }: { place: ChosenPlace }) {
  return (
    <div className="stack">
      <Search
        label={say('place.search')}
        near={() => place.at as [number, number] | undefined}
        onPick={({ lng, lat }) => place.goTo([lng, lat])}
      />
      <p className="row">
        <small>{say(canDrawMap() ? 'place.cross' : 'place.noMap')}</small>
        {'geolocation' in navigator && (
          <button
            type="button"
            className="link push"
            onClick={place.askGps}
            disabled={place.gps === 'asking'}
          >
            <small>{say(place.gps === 'asking' ? 'place.asking' : 'place.gps')}</small>
          </button>
        )}
      </p>
      {place.gps === 'refused' && (
        <p role="alert">
          <small>{say('place.refused')}</small>
        </p>
      )}
    </div>
  )
}
