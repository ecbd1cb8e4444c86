/** Before a drill: what it is, and which substation is lost. */
import { useState } from 'react'
import { customersBySubstation, largestSubstation } from '../../../../twin/scenario/drill/rules.ts'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatNumber } from '../../../language/format.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'

export function DrillStart({ onStart }: { onStart: (substation: number) => void }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const selected = useStore(live.store, ({ view }) =>
    view.selection?.table === 'power.substations' ? view.selection.row : undefined,
  )
  const [chosen, setChosen] = useState<number>()
  if (city === undefined) return <p className="quiet">{sayDrill('drill.preparing')}</p>
  const largest = largestSubstation(city)
  if (largest === undefined) return <p>{sayDrill('drill.noSubstation')}</p>
  const customers = customersBySubstation(city)
  const substation = chosen ?? selected ?? largest
  const rows = customers
    .map((count, row) => ({ row, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
  return (
    <>
      <p>{sayDrill('drill.intro')}</p>
      <label className="stack">
        <small>{sayDrill('drill.substation')}</small>
        <select value={substation} onChange={({ target }) => setChosen(Number(target.value))}>
          {rows.map(({ row, count }) => (
            <option key={row} value={row}>
              {sayDrill('drill.substationOf', {
                thing: city.grid?.substations.name[row] || row,
                n: formatNumber(count),
              })}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="strong" onClick={() => onStart(substation)}>
        {sayDrill('drill.begin')}
      </button>
    </>
  )
}
