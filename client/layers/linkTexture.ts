/**
 * The network as a texture of four floats a texel, 4,096 wide, for shaders that find a point along a link: two texels a link
 * (first vertex, vertices, length, free speed; lanes, metres the kerb lies right of the course, class, 0), then one a vertex
 * (x, y on the plane, metres along the link, 0).
 */
import type { Device, Texture } from '@luma.gl/core'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { kerbOffsetM } from './lanes.ts'
import { planeFromLocals, type Plane } from './plane.ts'

export const TEXTURE_WIDTH = 4096
const HEADER_TEXELS = 2

export interface LinkTexture {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** `places` are those of the vertices, when they are at hand. */
export function packLinks(
  network: RoadNetwork,
  plane: Plane,
  places = planeFromLocals(plane, network.shape),
): LinkTexture {
  const { links, shape } = network
  const count = links.lengthM.length
  let vertices = 0
  for (let link = 0; link < count; link++) vertices += links.shapeCount[link]
  const height = Math.ceil((count * HEADER_TEXELS + vertices) / TEXTURE_WIDTH)
  const data = new Float32Array(TEXTURE_WIDTH * Math.max(1, height) * 4)
  let texel = count * HEADER_TEXELS
  for (let link = 0; link < count; link++) {
    const first = links.shapeStart[link]
    const n = links.shapeCount[link]
    const head = link * HEADER_TEXELS * 4
    data[head] = texel
    data[head + 1] = n
    data[head + 2] = links.lengthM[link]
    data[head + 3] = links.freeSpeedMps[link]
    data[head + 4] = links.lanes[link]
    data[head + 5] = kerbOffsetM(network, link)
    data[head + 6] = links.roadClass[link]
    let drawnM = 0
    for (let i = first; i < first + n; i++) {
      if (i > first) {
        const eastM = shape.xM[i] - shape.xM[i - 1]
        const northM = shape.yM[i] - shape.yM[i - 1]
        drawnM += Math.sqrt(eastM * eastM + northM * northM)
      }
      const at = (texel + i - first) * 4
      data[at] = places[2 * i]
      data[at + 1] = places[2 * i + 1]
      data[at + 2] = drawnM
    }
    // measured so that the course ends at the link's own length
    const scale = drawnM > 0 ? links.lengthM[link] / drawnM : 1
    for (let i = 0; i < n; i++) data[(texel + i) * 4 + 2] *= scale
    texel += n
  }
  return { data, width: TEXTURE_WIDTH, height: Math.max(1, height) }
}

export function makeLinkTexture(device: Device, links: LinkTexture): Texture {
  return device.createTexture({
    format: 'rgba32float',
    width: links.width,
    height: links.height,
    data: links.data,
    sampler: { minFilter: 'nearest', magFilter: 'nearest' },
  })
}
