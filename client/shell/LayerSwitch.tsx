/** Which layers are drawn, each with its legend while it is. */
import { memo, Suspense } from 'react'
import { domainIds, type DomainId } from '../../twin/domains.ts'
import { formatByteRate } from '../language/format.ts'
import { say } from '../language/language.ts'
import { layers } from '../layers/layers.ts'
import { useStore } from '../state/store.ts'
import { BuildingLegend } from './BuildingLegend.tsx'
import { useShell } from './shellContext.ts'
import { useSlowContext } from './useSlowContext.ts'

/** Numbers in a legend are read, not watched. */
const COUNT_MS = 4000

export function LayerSwitch() {
  const { live } = useShell()
  const isCompared = useStore(live.store, ({ comparedWith }) => comparedWith !== undefined)
  const layersOn = useStore(live.store, ({ view }) => view.layersOn)
  const seen = useStore(live.store, (state) => state.seen)
  const byDomain = useStore(live.store, ({ rates }) => rates?.byDomain)
  return (
    <fieldset className="layer-switch plain-set">
      <legend className="unseen">{say('layers.title')}</legend>
      {domainIds.map((id) => {
        const isOn = layersOn.includes(id)
        return (
          <div key={id}>
            <label>
              <input type="checkbox" checked={isOn} onChange={() => toggleLayer(live, id)} />
              {say(`layer.${id}`)}
              {byDomain?.[id] !== undefined && (
                <small className="push" title={say('layers.rate')}>
                  {formatByteRate(byDomain[id])}
                </small>
              )}
            </label>
            {isOn && <CountedLegend id={id} isCompared={isCompared} />}
          </div>
        )
      })}
      <BuildingLegend />
      {seen !== 'whole' && <small className="quiet">{say(`layers.seen.${seen}`)}</small>}
    </fieldset>
  )
}

/** For itself, so that it is counted at its own pace and not the switch's. */
const CountedLegend = memo(function CountedLegend({ id, isCompared }: { id: DomainId; isCompared: boolean }) {
  const { theme } = useShell()
  const { Legend } = layers[id]
  return (
    <div className="legend">
      <Suspense>
        <Legend theme={theme} isCompared={isCompared} context={useSlowContext(COUNT_MS)} />
      </Suspense>
    </div>
  )
})

export function toggleLayer(live: ReturnType<typeof useShell>['live'], id: DomainId): void {
  const { layersOn } = live.store.get().view
  const isOn = layersOn.includes(id)
  live.store.setView({
    layersOn: domainIds.filter((other) => (other === id ? !isOn : layersOn.includes(other))),
  })
}
