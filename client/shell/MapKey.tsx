/** In one line what the colours of the streets mean, for who has no legend beside the map. */
import { sayChart } from '../language/chartWords.ts'
import { useStore } from '../state/store.ts'
import './mapKey.css'
import { useShell } from './shellContext.ts'

export function MapKey() {
  const { live, theme } = useShell()
  const isOn = useStore(live.store, ({ view }) => view.layersOn.includes('traffic'))
  if (!isOn) return null
  return (
    <p className="map-key">
      <span>{sayChart('key.streets')}</span> <span>{sayChart('key.free')}</span>
      <svg viewBox="0 0 5 1" preserveAspectRatio="none" aria-hidden="true">
        {theme.traffic.map((color, step) => (
          <rect key={step} x={step} width="1" height="1" fill={color} />
        ))}
      </svg>
      <span>{sayChart('key.standing')}</span>
    </p>
  )
}
