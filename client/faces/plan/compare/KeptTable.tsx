/**
 * Up to four scenarios in one table: a column each, a row a measure, with what it differs by from the untouched city, or from one
 * of the scenarios, and how surely.
 */
import { useState } from 'react'
import { indicators, type Indicator } from '../../../../twin/objectives/indicators.ts'
import { outcomes, type Outcome } from '../../../../twin/scenario/outcome.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { formatUnit, withSign } from '../../../language/format.ts'
import { say } from '../../../language/language.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { formatOutcome, formatOutcomeChange } from '../outcomeWords.ts'
import { comparedWith, type Compared } from './against.ts'
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
  const [fromId, setFrom] = useState<string>()
  const from = columns.find(({ run }) => run.id === fromId)
  const compared = columns.map((column) => comparedWith(from, column))
  const isOutcome = columns.some((column) => column.outcomes.length > 0)
  const starts = new Set(columns.map(({ run }) => run.startMs))
  return (
    <div className="kept-table" role="region" aria-label={sayCompare('table.title')} tabIndex={0}>
      {starts.size > 1 && <p className="small">{sayCompare('maps.clocks')}</p>}
      {columns.length > 1 && <FromChoice columns={columns} from={from} choose={setFrom} />}
      {from && isOutcome && <PairedWith columns={columns} from={from} compared={compared} />}
      {isOutcome && (
        <table className="small">
          <caption>{sayCompare('table.pairs')}</caption>
          <Head columns={columns} />
          <tbody>
            {rowsOf(
              outcomes.map(({ id }) => id),
              compared.map(({ outcomes: measured }) => measured),
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
            compared.map((one) => one.indicators),
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

interface FromChoiceProps {
  readonly columns: readonly Kept[]
  readonly from: Kept | undefined
  choose(runId: string | undefined): void
}

function FromChoice({ columns, from, choose }: FromChoiceProps) {
  return (
    <label className="row small">
      {sayCompare('table.from')}
      <select value={from?.run.id ?? ''} onChange={({ target }) => choose(target.value || undefined)}>
        <option value="">{sayCompare('table.base')}</option>
        {columns.map(({ run, name }) => (
          <option key={run.id} value={run.id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

interface PairedWithProps {
  readonly columns: readonly Kept[]
  readonly from: Kept
  readonly compared: readonly Compared[]
}

/** Of each other scenario, whether its runs are paired with those of the one it is compared with. */
function PairedWith({ columns, from, compared }: PairedWithProps) {
  return (
    <ul className="plain small">
      {columns.map(({ run, name }, i) => {
        const { pairs } = compared[i]
        if (run.id === from.run.id) return null
        return (
          <li key={run.id}>
            {pairs === undefined
              ? sayCompare('table.unpaired', { name })
              : sayCompare(pairs === 1 ? 'table.paired.one' : 'table.paired', { name, pairs })}
          </li>
        )
      })}
    </ul>
  )
}

function changeOf(value: number, unit: string): string {
  return withSign(value, (size) => formatUnit(size, unit))
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
      {difference !== undefined && <b>{change(difference)}</b>}
      {interval && (
        <small>
          {sayPlan('sure.interval', { low: change(interval[0]), high: change(interval[1]) })}
          {!isClear && ` · ${sayPlan('verdict.unclear')}`}
        </small>
      )}
    </td>
  )
}
