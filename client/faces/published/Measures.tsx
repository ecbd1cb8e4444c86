/** What it comes to, as its planner saw it: without, with, the difference and its interval; and in which districts trips change. */
import { outcomes } from '../../../twin/scenario/outcome.ts'
import type { PublishedMeasures } from '../../../twin/scenario/publication.ts'
import { formatNumber } from '../../language/format.ts'
import { sayPlan } from '../../language/planWords.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import type { Published } from '../../source/keptScenarios.ts'
import { IntervalMark } from '../plan/IntervalMark.tsx'
import { formatOutcome, formatOutcomeChange, readDifference } from '../plan/outcomeWords.ts'
import { wordsOfSurety } from '../plan/suretyWords.ts'
import { verdictOf } from '../plan/verdict.ts'

export function Measures({ published: { body } }: { published: Published }) {
  const measures = body?.measures
  return (
    <section>
      <h2>{sayPublished('measures')}</h2>
      {measures === undefined ? <p>{sayPublished('measures.none')}</p> : <Table measures={measures} />}
    </section>
  )
}

function Table({ measures }: { measures: PublishedMeasures }) {
  const { pairs, trips } = measures
  return (
    <>
      <div className="published-scroll" role="region" aria-label={sayPublished('measures')} tabIndex={0}>
        <table className="published-measures">
          <thead>
            <tr>
              {(['measure', 'base', 'edited', 'difference', 'interval', 'verdict'] as const).map((head) => (
                <th key={head} scope="col">
                  {sayPublished(`head.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome) => {
              const found = measures.outcomes.find(({ id }) => id === outcome.id)
              if (found === undefined) return null
              const { base, edited, interval, isClear } = found
              const difference = readDifference(found, outcome.unit)
              const change = (value: number) => formatOutcomeChange(value, outcome.unit)
              const verdict = verdictOf(outcome, difference, isClear || interval === undefined, change)
              return (
                <tr key={outcome.id} data-verdict={verdict}>
                  <th scope="row">{sayPlan(`outcome.${outcome.id}`)}</th>
                  <td>{formatOutcome(base, outcome.unit)}</td>
                  <td>{formatOutcome(edited, outcome.unit)}</td>
                  <td>
                    <b>{change(difference)}</b>
                  </td>
                  <td>
                    {interval ? (
                      <>
                        <IntervalMark
                          interval={[interval[0], interval[1]]}
                          difference={difference}
                          verdict={verdict}
                        />
                        <small>
                          {sayPublished('interval', {
                            low: change(interval[0]),
                            high: change(interval[1]),
                          })}
                        </small>
                      </>
                    ) : (
                      '–'
                    )}
                  </td>
                  <td>{sayPlan(`verdict.${verdict}`)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <p className="quiet small">{wordsOfSurety(pairs)}</p>
      {trips && <Districts trips={trips} />}
    </>
  )
}

function Districts({ trips }: { trips: NonNullable<PublishedMeasures['trips']> }) {
  const lists = [
    { title: sayPlan('trips.longer'), zones: trips.losers },
    { title: sayPlan('trips.shorter'), zones: trips.winners },
  ]
  return (
    <>
      <h3>{sayPlan('trips.title')}</h3>
      <p>
        {sayPublished('trips', {
          all: formatNumber(trips.all),
          longer: formatNumber(trips.longer),
          shorter: formatNumber(trips.shorter),
        })}
      </p>
      <div className="published-districts">
        {lists.map(({ title, zones }) => (
          <div key={title}>
            <h4>{title}</h4>
            {zones.length === 0 && <p className="quiet">{sayPlan('trips.none')}</p>}
            <ol className="plain">
              {zones.map(({ name, meanChangeS, trips: count }) => (
                <li key={name}>
                  {name} <b>{formatOutcomeChange(meanChangeS, 's')}</b>{' '}
                  <small>{sayPlan('trips.of', { trips: formatNumber(count) })}</small>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </>
  )
}
