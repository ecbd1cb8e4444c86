/** A code that opens what the wall shows on a phone: the same place, layers and moment. */
import { useMemo } from 'react'
import { encode } from 'uqr'
import { sayWall } from '../../../language/wallWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { queryFromView } from '../../../state/view.ts'
import { useStore } from '../../../state/store.ts'
import { phoneAddress } from './phoneAddress.ts'

/** Modules left free round the code: half of what ISO/IEC 18004 asks, the ground is light as well. */
const QUIET = 2

export function WallQr() {
  const { live } = useShell()
  const camera = useStore(live.store, ({ view }) => view.camera)
  const layersOn = useStore(live.store, ({ view }) => view.layersOn)
  const base = useStore(live.store, ({ view }) => view.qr)
  const momentMs = useStore(live.store, ({ replay }) => replay?.timeMs)
  const address = useMemo(() => {
    const { view } = live.store.get()
    const query = queryFromView({
      ...view,
      camera: camera && { ...camera, zoom: camera.zoom, bearing: 0, pitch: 0 },
      layersOn,
      momentMs,
      theme: 'auto',
      language: undefined,
      selection: undefined,
      moverLimit: undefined,
      viewing: undefined,
      span: undefined,
      wallName: undefined,
      qr: undefined,
      isSetUp: false,
      town: undefined,
    })
    return phoneAddress(base, location.href, query)
  }, [live, camera, layersOn, momentMs, base])
  const code = useMemo(() => address && encode(address, { border: QUIET, ecc: 'M' }), [address])
  if (!code || !address) return null
  const path = code.data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <figure className="wall-qr" data-address={address}>
      <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={sayWall('qr')}>
        <rect width={code.size} height={code.size} className="wall-qr-ground" />
        <path d={path} className="wall-qr-dark" shapeRendering="crispEdges" />
      </svg>
      <figcaption>{sayWall('qr')}</figcaption>
    </figure>
  )
}
