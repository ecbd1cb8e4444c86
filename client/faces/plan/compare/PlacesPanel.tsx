/** Where an edit changes something: which measure, on the map or not, what its colours mean, and where it changes most. */
import { sayCompare } from '../../../language/compareWords.ts'
import { formatNumber } from '../../../language/format.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { measureIds, type Field } from '../../../layers/difference/field.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { PlacesLegend } from './PlacesLegend.tsx'
import { PlacesTable } from './PlacesTable.tsx'
import type { Compare } from './useCompare.ts'
import type { Differences } from './useDifferences.ts'
import type { KeptOnes } from './useKept.ts'

interface PlacesPanelProps {
  readonly differences: Differences
  readonly compare: Compare
  readonly kept: KeptOnes
  /** The edits are others by now. */
  readonly isOld: boolean
}

export function PlacesPanel({ differences, compare, kept, isOld }: PlacesPanelProps) {
  const { live, theme } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const { field, fields, error, whose } = differences
  const isOnMap = compare.view === 'difference'
  const named = kept.all.filter(({ places }) => places !== undefined)
  return (
    <section className="stack" aria-label={sayCompare('places.title')}>
      <h2>{sayCompare('places.title')}</h2>
      {error !== undefined && <p role="alert">{sayCompare('places.failed', { why: error })}</p>}
      {field === undefined || city === undefined ? (
        <p className="quiet small">{sayCompare('places.empty')}</p>
      ) : (
        <>
          <div className="row places-choice">
            <label>
              <span className="unseen">{sayCompare('places.measure')}</span>
              <select
                value={field.id}
                onChange={({ target }) =>
                  differences.choose(measureIds.find((id) => id === target.value) ?? field.id)
                }
              >
                {measureIds
                  .filter((id) => fields.some((one) => one.id === id))
                  .map((id) => (
                    <option key={id} value={id}>
                      {sayCompare(`measure.${id}`)}
                    </option>
                  ))}
              </select>
            </label>
            {named.length > 0 && (
              <label>
                <span className="unseen">{sayCompare('kept.title')}</span>
                <select
                  value={whose ?? ''}
                  onChange={({ target }) => differences.of(target.value || undefined)}
                >
                  <option value="">{sayCompare('table.now')}</option>
                  {named.map(({ run, name }) => (
                    <option key={run.id} value={run.id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <button
              type="button"
              className="push"
              aria-pressed={isOnMap}
              onClick={() => compare.go(isOnMap ? 'one' : 'difference')}
            >
              {sayCompare(isOnMap ? 'places.hide' : 'places.show')}
            </button>
          </div>
          <p className="small quiet" role="status">
            {certaintyOf(field)}
          </p>
          {isOld && whose === undefined && <small className="old-result">{sayPlan('sure.isOld')}</small>}
          <PlacesLegend field={field} theme={theme} />
          <PlacesTable field={field} city={city} />
          <Size differences={differences} />
        </>
      )}
    </section>
  )
}

/** How sure all of it is, in a sentence. */
export function certaintyOf({ pairs }: Field): string {
  if (pairs === 0) return sayCompare('places.atOnce')
  return pairs === 1
    ? sayCompare('places.onePair')
    : sayCompare('places.pairs', { pairs: formatNumber(pairs) })
}

function Size({ differences: { places, bytes, whose } }: { differences: Differences }) {
  if (places === undefined || whose !== undefined) return null
  return (
    <small>
      {sayCompare('places.bytes', {
        links: formatNumber(places.link.length),
        feeders: formatNumber(places.loadingRatio.base.length),
        size: `${formatNumber(bytes / 1000)} kB`,
      })}
    </small>
  )
}
