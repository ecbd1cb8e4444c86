/** The streets or feeders that change most, as a table: a row's button flies there and selects it. */
import type { City } from '../../../../twin/city.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { measures, most, type Field } from '../../../layers/difference/field.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { nameOfPlace, placeAt, placeInWords, pointedPlace, selectionOf } from './placeWords.ts'

const LISTED = 8
/** A street is seen with its neighbours; a feeder as a whole. */
const ZOOM = { links: 15.5, feeders: 14 } as const

export function PlacesTable({ field, city }: { field: Field; city: City }) {
  const { live } = useShell()
  const { of } = measures[field.id]
  // streets of one name stand for it once, each without a name for itself
  const groupOf = (row: number) =>
    of === 'links' && city.network.names.text[city.network.links.name[row]]
      ? nameOfPlace(field, row, city)
      : `${row}`
  const found = most(field, groupOf, LISTED)
  if (found.length === 0) return <p className="quiet small">{sayCompare('places.none')}</p>
  const go = (row: number) => {
    live.store.setView({ selection: selectionOf(field, row) })
    live.camera.go({ at: placeAt(field, row, city), zoom: ZOOM[of] })
  }
  return (
    <table className="places small">
      <caption>{sayCompare('places.most')}</caption>
      <thead>
        <tr>
          <th scope="col">{sayCompare(of === 'links' ? 'places.street' : 'places.feeder')}</th>
          <th scope="col">{sayCompare('places.difference')}</th>
          <th scope="col">{sayCompare('places.share')}</th>
        </tr>
      </thead>
      <tbody>
        {found.map((at) => {
          const row = field.rows[at]
          const words = placeInWords(field, at, city)
          const point = () => live.pointing.point(pointedPlace(field, row, city))
          const unpoint = () => live.pointing.point(undefined)
          return (
            <tr key={row} onMouseEnter={point} onMouseLeave={unpoint}>
              <th scope="row">
                <button
                  type="button"
                  className="link"
                  onClick={() => go(row)}
                  onFocus={point}
                  onBlur={unpoint}
                >
                  {words.name}
                </button>
                <small>
                  {words.fromTo}
                  {words.interval && ` · ${words.interval}`}
                </small>
              </th>
              <td>{words.difference}</td>
              <td>{words.share || '–'}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
