/** Who reaches what in the two runs, and how long it takes by car between places that everybody knows; and what the map does not hold. */
import type { EnsembleState } from '../../../../twin/protocol/messages.ts'
import { reachMeasures, type ReachMeasure } from '../../../../twin/scenario/reach/measures.ts'
import { formatNumber, formatPercent, formatSeconds, withSign } from '../../../language/format.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { sayWhy } from '../../../language/whyWords.ts'
import { SuretyRow } from '../SuretyRow.tsx'

export function ReachList({ state }: { state: EnsembleState }) {
  const { reach = [], pairsOfPlaces = [] } = state
  const has = (id: string) => reach.some((each) => each.id === id)
  const missing = [
    !has('reachClinics') && sayWhy('reach.missingClinics'),
    !has('reachSchools') && sayWhy('reach.missingSchools'),
    !has('fireMedianS') && sayWhy('reach.missingFire'),
    pairsOfPlaces.length === 0 && sayWhy('reach.missingPlaces'),
  ].filter((what) => what !== false)
  return (
    <section className="stack" aria-label={sayWhy('reach.title')}>
      <h3>{sayWhy('reach.title')}</h3>
      <ul className="plain outcomes">
        {reachMeasures.map((measure) => {
          const found = reach.find(({ id }) => id === measure.id)
          return (
            found && (
              <SuretyRow
                key={measure.id}
                title={sayWhy(`reach.${measure.id}`)}
                surety={found}
                worseWhen={measure.worseWhen}
                format={(value) => formatReach(value, measure.unit)}
                formatChange={(value) => formatReachChange(value, measure.unit)}
              />
            )
          )
        })}
      </ul>
      {pairsOfPlaces.length > 0 && (
        <details>
          <summary>{sayWhy('reach.pairs')}</summary>
          <ul className="plain outcomes">
            {pairsOfPlaces.map((pair) => (
              <SuretyRow
                key={`${pair.name} ${pair.isTowards}`}
                title={sayWhy(pair.isTowards ? 'reach.to' : 'reach.from', { place: pair.name })}
                surety={pair}
                worseWhen="higher"
                format={(value) => formatReach(value, 's')}
                formatChange={(value) => formatReachChange(value, 's')}
              />
            ))}
          </ul>
        </details>
      )}
      {missing.length > 0 && <small>{sayWhy('reach.missing', { what: missing.join(', ') })}</small>}
      <small>{sayWhy('reach.how')}</small>
    </section>
  )
}

function formatReach(value: number, unit: ReachMeasure['unit']): string {
  switch (unit) {
    case 's':
      return formatSeconds(value)
    case 'ratio':
      return formatPercent(value, 1)
    case 'jobs':
      return sayWhy('unit.jobs', { n: formatNumber(value) })
    case 'clinics':
      return sayWhy('unit.clinics', { n: formatNumber(value, 2) })
    case 'schools':
      return sayWhy('unit.schools', { n: formatNumber(value, 2) })
    case 'requests':
      return sayPlan('unit.requests', { n: formatNumber(value, 1) })
  }
}

function formatReachChange(value: number, unit: ReachMeasure['unit']): string {
  return withSign(value, (size) =>
    unit === 'ratio' ? sayPlan('unit.points', { n: formatNumber(size * 100, 1) }) : formatReach(size, unit),
  )
}
