/** After a drill: the picture, the two numbers, and the file that proves them. */
import { useEffect, useRef, useState } from 'react'
import type { DrillState } from '../../../../twin/protocol/drillMessages.ts'
import { savedOf, type Pair } from '../../../../twin/scenario/drill/score.ts'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatNumber, formatSigned } from '../../../language/format.ts'
import { DrillPicture } from './DrillPicture.tsx'
import { Done } from './DrillPlay.tsx'
import { saveText } from './saveText.ts'
import type { PlayedDrill } from './useDrill.ts'

export function DrillEnd({ state, drill }: { state: DrillState; drill: PlayedDrill }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [name, setName] = useState('')
  useEffect(() => heading.current?.focus(), [])
  const { score, file } = state
  const saved = savedOf(score)
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {sayDrill('drill.end')}
      </h2>
      <DrillPicture course={drill.course} />
      <Saved
        label={sayDrill('drill.customerMinutes')}
        saved={saved.customerMinutes}
        pair={score.customerMinutes}
        digits={0}
      />
      <Saved
        label={sayDrill('drill.vehicleHours')}
        saved={saved.vehicleHours}
        pair={score.vehicleHours}
        digits={1}
      />
      <label className="stack">
        <small>{sayDrill('drill.name')}</small>
        <input type="text" maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />
      </label>
      <div className="row">
        <button
          type="button"
          className="strong"
          disabled={file === undefined}
          onClick={() => file !== undefined && saveText('drill.json', named(file, name.trim()))}
        >
          {sayDrill('drill.save')}
        </button>
        <button type="button" onClick={() => drill.start(state.substation)}>
          {sayDrill('drill.again')}
        </button>
      </div>
      <h3>{sayDrill('drill.done')}</h3>
      <Done state={state} />
    </>
  )
}

interface SavedProps {
  readonly label: string
  readonly saved: number
  readonly pair: Pair
  readonly digits: number
}

function Saved({ label, saved, pair, digits }: SavedProps) {
  const change = formatSigned(-saved, digits)
  const isSame = change === formatSigned(0)
  const verdict = isSame ? 'drill.savedSame' : saved > 0 ? 'drill.savedBetter' : 'drill.savedWorse'
  return (
    <div className="difference">
      <span>{label}</span>
      <b>{change}</b>
      <span>{sayDrill(verdict)}</span>
      <small>
        {sayDrill('drill.played')}: {formatNumber(pair.played, digits)} ·{' '}
        {sayDrill('drill.nothing', { n: formatNumber(pair.base, digits) })}
      </small>
    </div>
  )
}

/** A game's file with the player's name in it. */
function named(file: string, name: string): string {
  return name === ''
    ? file
    : file.replace(/^ {2}"base"/m, () => `  "name": ${JSON.stringify(name)},\n  "base"`)
}
