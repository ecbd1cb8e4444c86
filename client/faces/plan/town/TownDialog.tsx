/** The sheet on which a town is made, opened again and deleted. */
import { useRef } from 'react'
import { formatNumber, formatPercent } from '../../../language/format.ts'
import { sayTown, type TownKey } from '../../../language/townWords.ts'
import { Dialog } from '../../../shell/Dialog.tsx'
import type { TownFaultFacts } from '../../../source/town/townFault.ts'
import { townLimits } from '../../../source/town/townLimits.ts'
import { KeptTowns } from './KeptTowns.tsx'
import type { Making, TownMaker } from './useTownMaker.ts'

export function TownDialog({ maker, onClose }: { maker: TownMaker; onClose: () => void }) {
  const { making, start, cancel } = maker
  return (
    <Dialog title={sayTown('title')} onClose={onClose}>
      {making.state === 'making' ? (
        <Progress making={making} onCancel={cancel} />
      ) : (
        <>
          {making.state === 'failed' && <Fault fault={making.fault} />}
          <p>{sayTown('about')}</p>
          <p>{sayTown('local')}</p>
          <ChooseFiles label={sayTown(making.state === 'failed' ? 'again' : 'choose')} onFiles={start} />
          <p>
            <small>
              {sayTown('limits', {
                mb: formatNumber(townLimits.mapBytes / 1e6),
                streets: formatNumber(townLimits.streetKm),
                area: formatNumber(townLimits.areaKm2),
                feed: formatNumber(townLimits.feedBytes / 1e6),
              })}
            </small>
          </p>
          <KeptTowns />
        </>
      )}
    </Dialog>
  )
}

function ChooseFiles({ label, onFiles }: { label: string; onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="strong" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept=".pbf,.zip"
        multiple
        hidden
        onChange={({ target }) => {
          const files = [...(target.files ?? [])]
          target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}

function Progress({ making, onCancel }: { making: Making & { state: 'making' }; onCancel: () => void }) {
  const doing = sayTown(`step.${making.step}`)
  const title = sayTown('making', { name: making.name })
  return (
    <>
      <p>{title}</p>
      <progress max={1} value={making.share} aria-label={title} />
      <p>
        {/* what is done is said to those who listen; how far it is would never let them be */}
        <span className="unseen" role="status">
          {doing}
        </span>
        <span aria-hidden="true">{sayTown('progress', { doing, percent: formatPercent(making.share) })}</span>
      </p>
      <p className="quiet">{sayTown('local')}</p>
      <div className="row">
        <button type="button" onClick={onCancel}>
          {sayTown('cancel')}
        </button>
      </div>
    </>
  )
}

function Fault({ fault: { kind, values, command } }: { fault: TownFaultFacts }) {
  const key: TownKey = `fault.${kind}`
  const written = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value) : value,
  ])
  return (
    <div role="alert" className="town-fault">
      <p>{sayTown(key, Object.fromEntries(written) as Record<string, string>)}</p>
      {command !== undefined && (
        <>
          <p>{sayTown('command')}</p>
          <code>{command}</code>
        </>
      )}
    </div>
  )
}
