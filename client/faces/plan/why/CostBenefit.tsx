/** What a scenario is worth: gains a year, what its edits cost, who gains and who pays in which year, all of it in numbers that can be changed. */
import type { City } from '../../../../twin/city.ts'
import { residentsOf } from '../../../../twin/city.ts'
import type { EnsembleState } from '../../../../twin/protocol/messages.ts'
import { benefitsOf, byPartnerAndYear, flowsOf, presentValue } from '../../../../twin/scenario/costs/costs.ts'
import { assumedTimesPerYear } from '../../../../twin/scenario/costs/editCosts.ts'
import { worthOfPairs } from '../../../../twin/scenario/costs/worth.ts'
import { partners, unitValues, type UnitValue, type ValueId } from '../../../../twin/scenario/costs/values.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { DifferenceOf } from '../../../../twin/scenario/interval.ts'
import { formatNumber, formatPercent } from '../../../language/format.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { sayWhy } from '../../../language/whyWords.ts'
import { wordsOfEdit } from '../editWords.ts'
import { IntervalMark } from '../IntervalMark.tsx'
import { verdictOf } from '../verdict.ts'
import { useCosts, type Costs } from './useCosts.ts'

interface CostBenefitProps {
  readonly state: EnsembleState
  readonly city: City
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
}

export function CostBenefit({ state, city, edits, horizonS }: CostBenefitProps) {
  const costs = useCosts()
  const made = edits.filter(({ isOff }) => isOff !== true)
  const timesPerYear = costs.isOwn('timesPerYear')
    ? costs.values.timesPerYear
    : assumedTimesPerYear(made, costs.values.timesPerYear)
  const values = { ...costs.values, timesPerYear }
  const cityMeasured = {
    horizonS,
    residents: residentsOf(city),
    customers: city.grid?.transformers.customers.reduce((sum, count) => sum + count, 0) ?? 0,
    baseSuppliedWh: state.outcomes.find(({ id }) => id === 'suppliedWh')?.base ?? 0,
  }
  const difference = Object.fromEntries(state.outcomes.map((one) => [one.id, one.difference]))
  const benefits = benefitsOf({ ...cityMeasured, difference }, values)
  const costsOfEdits = made.map(costs.costOf)
  const flows = flowsOf(benefits, costsOfEdits, values)
  const years = Math.floor(values.lifeYears)
  const worth = presentValue(flows, values.discountRate)
  const sure = state.runs && worthOfPairs(state.runs, cityMeasured, costsOfEdits, values)
  // of one pair nobody knows what is clear
  const unclear = state.outcomes.filter(({ isClear, interval }) => interval && !isClear).map(({ id }) => id)
  return (
    <details className="worth">
      <summary>
        {sayWhy('worth.title')} <b>{usd(worth)}</b>
      </summary>
      <p className="small">
        {sayWhy('worth.npv', { years, rate: formatPercent(values.discountRate, 1) })}: <b>{usd(worth)}</b>
      </p>
      {sure?.interval && <WorthInterval sure={sure} interval={sure.interval} />}
      <h4>{sayWhy('worth.benefits')}</h4>
      <ul className="plain worth-list">
        {benefits.map(({ id, measure, yearlyUsd }) => (
          <li key={id}>
            <span>{sayWhy(`benefit.${id}`)}</span>
            <b>{usd(yearlyUsd)}</b>
            {unclear.includes(measure) && <small>{sayWhy('worth.unclear')}</small>}
          </li>
        ))}
      </ul>
      <h4>{sayWhy('worth.costs')}</h4>
      {made.map((edit) => (
        <EditCostRow key={edit.id} edit={edit} words={wordsOfEdit(edit, city)} costs={costs} />
      ))}
      <h4>{sayWhy('worth.byPartner')}</h4>
      <PartnerTable flows={flows} rate={values.discountRate} years={years} />
      <h4>{sayWhy('worth.values')}</h4>
      <div className="worth-values">
        {unitValues.map((unit) => (
          <ValueField key={unit.id} unit={unit} value={values[unit.id]} costs={costs} />
        ))}
      </div>
      <button type="button" onClick={costs.reset}>
        {sayWhy('worth.back')}
      </button>
      <small>
        {sayWhy('worth.kept')} {sayWhy('worth.limits')}
      </small>
    </details>
  )
}

interface WorthIntervalProps {
  readonly sure: DifferenceOf
  readonly interval: readonly [low: number, high: number]
}

/** How sure the sum is, and what that does not hold. */
function WorthInterval({ sure: { difference, isClear, pairs }, interval }: WorthIntervalProps) {
  const verdict = verdictOf({ worseWhen: 'lower' }, difference, isClear, usd)
  return (
    <p className="small worth-interval">
      {sayWhy('worth.interval', { low: usd(interval[0]), high: usd(interval[1]), pairs })} ·{' '}
      {sayPlan(`verdict.${verdict}`)}
      <IntervalMark interval={interval} difference={difference} verdict={verdict} />
      <small>{sayWhy('worth.notHeld')}</small>
    </p>
  )
}

interface ValueFieldProps {
  readonly unit: UnitValue & { readonly id: ValueId }
  readonly value: number
  readonly costs: Costs
}

function ValueField({ unit, value, costs }: ValueFieldProps) {
  const { id, least, most } = unit
  const source = unit.source ? sayWhy('worth.source', { source: unit.source }) : sayWhy('worth.assumed')
  return (
    <label>
      <span>{sayWhy(`value.${id}`)}</span>
      <NumberInput value={value} least={least} most={most} onChange={(next) => costs.setValue(id, next)} />
      <small>{costs.isOwn(id) ? sayWhy('worth.yours') : source}</small>
    </label>
  )
}

function EditCostRow({ edit, words, costs }: { edit: ScenarioEdit; words: string; costs: Costs }) {
  const { isOwn, ...cost } = costs.costOf(edit)
  const set = (part: Partial<typeof cost>) => costs.setCost(edit, { ...cost, ...part })
  return (
    <fieldset className="worth-values">
      <legend>{words}</legend>
      <label>
        <span>{sayWhy('worth.once')}</span>
        <NumberInput value={cost.onceUsd} onChange={(onceUsd) => set({ onceUsd })} />
      </label>
      <label>
        <span>{sayWhy('worth.yearly')}</span>
        <NumberInput value={cost.yearlyUsd} onChange={(yearlyUsd) => set({ yearlyUsd })} />
      </label>
      <label>
        <span>{sayWhy('worth.pays')}</span>
        <select
          value={cost.partner}
          onChange={({ target }) =>
            set({ partner: partners.find((each) => each === target.value) ?? cost.partner })
          }
        >
          {partners.map((partner) => (
            <option key={partner} value={partner}>
              {sayWhy(`partner.${partner}`)}
            </option>
          ))}
        </select>
      </label>
      <small>{sayWhy(isOwn ? 'worth.yours' : 'worth.assumed')}</small>
    </fieldset>
  )
}

interface NumberInputProps {
  readonly value: number
  readonly least?: number
  readonly most?: number
  onChange(value: number): void
}

/** Said when it is left. */
function NumberInput({ value, least, most, onChange }: NumberInputProps) {
  return (
    <input
      key={value}
      type="number"
      step="any"
      min={least}
      max={most}
      required
      defaultValue={value}
      onBlur={({ target }) => {
        if (target.validity.valid && target.valueAsNumber !== value) onChange(target.valueAsNumber)
      }}
    />
  )
}

function PartnerTable({
  flows,
  rate,
  years,
}: {
  flows: ReturnType<typeof flowsOf>
  rate: number
  years: number
}) {
  const rows = byPartnerAndYear(flows)
  return (
    <table className="worth-table">
      <thead>
        <tr>
          <th scope="col">{sayWhy('worth.partner')}</th>
          <th scope="col">{sayWhy('worth.year0')}</th>
          <th scope="col">{sayWhy('worth.yearN', { years })}</th>
          <th scope="col">{sayWhy('worth.today')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ partner, usdByYear }) => (
          <tr key={partner}>
            <th scope="row">{sayWhy(`partner.${partner}`)}</th>
            <td>{usd(usdByYear[0])}</td>
            <td>{usd(usdByYear[1] ?? 0)}</td>
            <td>
              {usd(
                presentValue(
                  flows.filter((flow) => flow.partner === partner),
                  rate,
                ),
              )}
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{sayWhy('worth.all')}</th>
          <td>{usd(rows.reduce((sum, { usdByYear }) => sum + usdByYear[0], 0))}</td>
          <td>{usd(rows.reduce((sum, { usdByYear }) => sum + (usdByYear[1] ?? 0), 0))}</td>
          <td>{usd(presentValue(flows, rate))}</td>
        </tr>
      </tbody>
    </table>
  )
}

/** Thousands and millions, with the sign. */
function usd(value: number): string {
  const size = Math.abs(value)
  const sign = size < 0.5 ? '±' : value < 0 ? '−' : '+'
  const number =
    size >= 1e6
      ? `${formatNumber(size / 1e6, 2)} M`
      : size >= 1e4
        ? `${formatNumber(size / 1e3)} k`
        : formatNumber(size)
  return `${sign}${number} USD`
}
