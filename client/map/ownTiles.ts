/** Tiles that the page has itself: MapLibre asks for them by a protocol of our own, and nothing goes over the network. */
import { addProtocol } from 'maplibre-gl'

const PROTOCOL = 'own'
export const OWN_TILES = `${PROTOCOL}://tiles/{z}/{x}/{y}`
const ADDRESS = /^own:\/\/tiles\/(\d+)\/(\d+)\/(\d+)$/

/** From now on `tile` gives them. */
export function serveTiles(tile: (z: number, x: number, y: number) => Promise<ArrayBuffer>): void {
  addProtocol(PROTOCOL, async ({ url }) => {
    const address = ADDRESS.exec(url)
    if (address === null) throw new Error(`map: ${url} is no tile`)
    const [z, x, y] = address.slice(1).map(Number)
    return { data: await tile(z, x, y) }
  })
}
