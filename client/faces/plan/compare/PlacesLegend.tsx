/** What the colours of a difference mean, in units, and how many places are in each class. */
import { sayCompare } from '../../../language/compareWords.ts'
import { formatNumber } from '../../../language/format.ts'
import { countSteps, measures, type Field } from '../../../layers/difference/field.ts'
import { UNCLEAR } from '../../../state/lens.ts'
import { divergingOf } from '../../../theme/diverging.ts'
import type { Theme } from '../../../theme/theme.ts'
import { wordsOfSize } from './placeWords.ts'

/** From much more, at the top, to much less. */
const ORDER = [4, 3, 2, 1, 0]
const HEIGHTS = [9, 5, 3, 5, 9]

export function PlacesLegend({ field, theme }: { field: Field; theme: Theme }) {
  const counts = countSteps(field)
  const palette = divergingOf(theme)
  const { of, edges, digits } = measures[field.id]
  const [some, much] = edges
  const size = (value: number) => wordsOfSize(field.id, value)
  const range = { from: formatNumber(some, digits), to: size(much) }
  const texts = [
    sayCompare('places.muchLess', { from: size(much) }),
    sayCompare('places.less', range),
    sayCompare('places.unclear'),
    sayCompare('places.more', range),
    sayCompare('places.muchMore', { from: size(much) }),
  ]
  return (
    <>
      <p className="legend-title small">
        {sayCompare(`measure.${field.id}`)} ·{' '}
        {sayCompare(of === 'links' ? 'places.class' : 'places.classOfFeeders')}
      </p>
      <ul className="plain place-scale small">
        {ORDER.map((step) => (
          <li key={step} data-unclear={step === UNCLEAR || undefined}>
            <i style={{ color: palette[step], height: HEIGHTS[step] }} />
            {texts[step]}
            <b className="push">{formatNumber(counts[step])}</b>
          </li>
        ))}
      </ul>
    </>
  )
}
