/** Up to four scenarios in one table: a column each, a row a measure, with what it differs from the untouched city by, and how surely. */
import { indicators, type Indicator } from '../../../../twin/objectives/indicators.ts'
import { outcomes, type Outcome } from '../../../../twin/scenario/outcome.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { formatUnit } from '../../../language/format.ts'
import { say } from '../../../language/language.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { formatOutcome, formatOutcomeChange } from '../outcomeWords.ts'
import { rowsOf, type CellOfTable } from './tableRows.ts'
import type { Kept } from './useKept.ts'

interface KeptTableProps {
  readonly now: Kept | undefined
  readonly kept: readonly Kept[]
}

export function KeptTable({ now, kept }: KeptTableProps) {
  const columns = [
    // kept already, it stands among the kept, by its name
    ...(now && !kept.some(({ run }) => run.id === now.run.id)
      ? [{ ...now, name: sayCompare('table.now') }]
      : []),
    ...kept,
  ]
  const isOutcome = columns.some((column) => column.outcomes.length > 0)
  const starts = new Set(columns.map(({ run }) => run.startMs))
  return (
    <div className="kept-table" role="region" aria-label={sayCompare('table.title')} tabIndex={0}>
      {starts.size > 1 && <p className="small">{sayCompare('maps.clocks')}</p>}
      {isOutcome && (
        <table className="small">
          <caption>{sayCompare('table.pairs')}</caption>
          <Head columns={columns} />
          <tbody>
            {rowsOf(
              outcomes.map(({ id }) => id),
              columns.map((column) => column.outcomes),
            ).map(({ id, base, cells }) => {
              const { unit }: Outcome = outcomes.find((one) => one.id === id)!
              return (
                <tr key={id}>
                  <th scope="row">{sayPlan(`outcome.${id}`)}</th>
                  <td>{base === undefined ? '–' : formatOutcome(base, unit)}</td>
                  {cells.map((cell, i) => (
                    <Cell
                      key={columns[i].run.id}
                      cell={cell}
                      value={(value) => formatOutcome(value, unit)}
                      change={(value) => formatOutcomeChange(value, unit)}
                    />
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <table className="small">
        <caption>
          {sayCompare('table.oneRun')} · {sayCompare('table.noInterval')}
        </caption>
        <Head columns={columns} />
        <tbody>
          {rowsOf(
            indicators.map(({ id }) => id),
            columns.map(({ run }) => run.comparison?.indicators ?? []),
          ).map(({ id, base, cells }) => {
            const { unit }: Indicator = indicators.find((one) => one.id === id)!
            return (
              <tr key={id}>
                <th scope="row">{say(`indicator.${id}`)}</th>
                <td>{base === undefined ? '–' : formatUnit(base, unit)}</td>
                {cells.map((cell, i) => (
                  <Cell
                    key={columns[i].run.id}
                    cell={cell}
                    value={(value) => formatUnit(value, unit)}
                    change={(value) => changeOf(value, unit)}
                  />
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** With its sign, and without one where it would be that of nothing. */
function changeOf(value: number, unit: string): string {
  const size = formatUnit(Math.abs(value), unit)
  if (size === formatUnit(0, unit)) return `±${size}`
  return `${value < 0 ? '−' : '+'}${size}`
}

function Head({ columns }: { columns: readonly Kept[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">{sayCompare('table.measure')}</th>
        <th scope="col">{sayCompare('table.base')}</th>
        {columns.map(({ run, name }) => (
          <th key={run.id} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface CellProps {
  readonly cell: CellOfTable | undefined
  readonly value: (value: number) => string
  readonly change: (value: number) => string
}

function Cell({ cell, value, change }: CellProps) {
  if (cell === undefined) return <td>–</td>
  const { edited, difference, interval, isClear } = cell
  return (
    <td>
      {value(edited)}
      <b>{change(difference)}</b>
      {interval && (
        <small>
          {sayPlan('sure.interval', { low: change(interval[0]), high: change(interval[1]) })}
          {!isClear && ` · ${sayPlan('verdict.unclear')}`}
        </small>
      )}
    </td>
  )
}
