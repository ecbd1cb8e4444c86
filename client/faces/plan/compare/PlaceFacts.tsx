/** In the inspector of a street or feeder: how much it changes, in every measure, absolute and per cent, with the interval. */
import type { City } from '../../../../twin/city.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { stepOf, type Field } from '../../../layers/difference/field.ts'
import type { Selection } from '../../../layers/layer.ts'
import { UNCLEAR } from '../../../state/lens.ts'
import { placeInWords, selectionOf } from './placeWords.ts'

interface PlaceFactsProps {
  readonly selection: Selection
  readonly fields: readonly Field[]
  readonly city: City
}

export function PlaceFacts({ selection, fields, city }: PlaceFactsProps) {
  const ofThis = fields.filter((field) => selectionOf(field, 0).table === selection.table)
  if (ofThis.length === 0) return null
  const listed = ofThis.filter((field) => field.rows.includes(selection.row))
  return (
    <section className="stack" aria-label={sayCompare('places.title')}>
      <h3>{sayCompare('places.title')}</h3>
      {listed.length === 0 && <p className="quiet small">{sayCompare('places.notListed')}</p>}
      <ul className="plain place-facts small">
        {listed.map((field) => {
          const at = field.rows.indexOf(selection.row)
          const { difference, share, fromTo, interval } = placeInWords(field, at, city)
          return (
            <li key={field.id}>
              <span>{sayCompare(`measure.${field.id}`)}</span>
              <b>
                {difference}
                {share && ` (${share})`}
              </b>
              <small>{fromTo}</small>
              <small className="push">
                {stepOf(field, at) === UNCLEAR ? `${sayCompare('places.unclear')} · ` : ''}
                {interval}
              </small>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
